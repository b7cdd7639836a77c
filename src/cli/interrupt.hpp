// Ctrl-C: the first asks for an orderly end, the second ends at once.
#pragma once

#include <stop_token>
#include <thread>

namespace inflight::cli {

/// Turns SIGINT and SIGTERM into a stop request while it lives. To be made before any other thread, which inherit the
/// blocked signals from it.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  void watch();

  std::stop_source source_;
  std::thread watcher_;
};

}  // namespace inflight::cli
