// The viewers of a page.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "outbox.hpp"

namespace inflight::web {

/// One who is shown everything. Never blocks, never throws, and neither joins nor leaves while it is called.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void show(const Picture& picture) = 0;
  virtual void tell(const Text& figures) = 0;
  /// The end: leave the audience once `last` is sent.
  virtual void end(const Text& last) = 0;
};

/// Hands on to all listeners, and to those who come later the newest of it. Thread: the server's.
class Audience {
 public:
  void join(Listener& listener);
  void leave(Listener& listener);  ///< does nothing for one who has left already

  void show(const Picture& picture);
  void tell(const Text& figures);

  /// Tells all, and those who come later; calls `empty` when none is left.
  void end(const Text& last, std::function<void()> empty);

  /// Thread: any.
  std::size_t size() const noexcept { return size_; }

 private:
  std::vector<Listener*> listeners_;
  std::atomic<std::size_t> size_ = 0;
  Picture picture_;
  Text figures_, last_;
  std::function<void()> empty_;
};

}  // namespace inflight::web
