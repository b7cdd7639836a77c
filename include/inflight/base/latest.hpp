// A mailbox for whoever only wants the newest.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace inflight {

/// Holds the newest value until it is taken; one that comes meanwhile replaces it. So a slow taker sees the present,
/// and whoever puts never waits.
///
/// Nothing is allocated, and values that own something may go round: `put` and the `take` that fills a value leave the
/// previous one with the caller, to be filled again or destroyed outside the lock.
///
/// Thread: any, for every member. T: movable, without throwing.
template <class T>
class Latest {
 public:
  /// Makes `value` the one to be taken. Afterwards `value` holds what it replaced, or what a taker left.
  /// Returns: whether what it replaced had not been taken. After `close` nothing happens and the answer is false.
  /// Blocks: never.
  bool put(T&& value) {
    bool replaced = false;
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return false;
      exchange(value);
      replaced = std::exchange(unread_, true);
    }
    arrived_.notify_one();
    return replaced;
  }

  /// Exchanges `value` for the newest. Blocks: until there is one, `stop` is requested, or the mailbox is closed.
  /// Returns: whether it did; `value` is unchanged otherwise. A value that waits is taken even so.
  bool take(T& value, const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, stop, [this] { return unread_ || closed_; });
    if (!std::exchange(unread_, false)) return false;
    exchange(value);
    return true;
  }

  /// The newest. Blocks: as the other `take`. Returns: nothing when that ended without one.
  std::optional<T> take(const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, stop, [this] { return unread_ || closed_; });
    return take_unread();
  }

  /// The newest if it was not taken yet. Blocks: never.
  std::optional<T> try_take() {
    const std::lock_guard lock(mutex_);
    return take_unread();
  }

  /// Ends all waiting, now and later. A value that waits can still be taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    arrived_.notify_all();
  }

 private:
  // Both under the lock.
  void exchange(T& value) {
    if (value_) {
      std::swap(*value_, value);
    } else {
      value_.emplace(std::move(value));
    }
  }

  std::optional<T> take_unread() {
    std::optional<T> taken;
    if (std::exchange(unread_, false)) taken.swap(value_);
    return taken;
  }

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any arrived_;
  std::optional<T> value_;  // to be taken, or what the last taker left
  bool unread_ = false;
  bool closed_ = false;
};

}  // namespace inflight
