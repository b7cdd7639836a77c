// Which queues' callbacks and fill functions this thread is in. Not for direct use.
#pragma once

#include <utility>

namespace inflight::detail {

/// User code that an inflight queue runs on this thread: inside it, nothing may wait. Visible, or shared objects that
/// hide their symbols would have one each, and their queues would not know of each other's. That a program shows it to
/// plugins which it loads later is an option of the linker, which inflight::infer brings along.
class [[gnu::visibility("default")]] UserCodeScope {
 public:
  /// `queue`: whose callback it is; null for a fill function, or for userdata that is made or ends.
  explicit UserCodeScope(const void* queue) noexcept : queue_(queue), outer_(std::exchange(innermost, this)) {}
  ~UserCodeScope() { innermost = outer_; }
  UserCodeScope(const UserCodeScope&) = delete;
  UserCodeScope& operator=(const UserCodeScope&) = delete;

  static bool on_this_thread() noexcept { return innermost != nullptr; }
  /// The scope of a callback of `queue` on this thread, or null.
  static UserCodeScope* callback_of(const void* queue) noexcept {
    UserCodeScope* scope = innermost;
    while (scope != nullptr && scope->queue_ != queue) scope = scope->outer_;
    return scope;
  }

 private:
  static inline thread_local UserCodeScope* innermost = nullptr;
  const void* queue_;
  UserCodeScope* outer_;
};

}  // namespace inflight::detail
