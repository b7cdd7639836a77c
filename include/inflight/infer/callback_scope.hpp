// Which queues' callbacks this thread is in. Not for direct use.
#pragma once

#include <utility>

namespace inflight::detail {

/// A callback of some inflight queue on this thread's stack: inside one, nothing may wait.
class CallbackScope {
 public:
  explicit CallbackScope(const void* queue) noexcept : queue_(queue), outer_(std::exchange(innermost_, this)) {}
  ~CallbackScope() { innermost_ = outer_; }
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

  static bool on_this_thread() noexcept { return innermost_ != nullptr; }
  /// The scope of a callback of `queue` on this thread, or null.
  static CallbackScope* of(const void* queue) noexcept {
    CallbackScope* scope = innermost_;
    while (scope != nullptr && scope->queue_ != queue) scope = scope->outer_;
    return scope;
  }

 private:
  static inline thread_local CallbackScope* innermost_ = nullptr;
  const void* queue_;
  CallbackScope* outer_;
};

}  // namespace inflight::detail
