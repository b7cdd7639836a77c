// Ends items that take too long. Not for direct use.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detail/slot.hpp"
#include "inflight/infer/queue_options.hpp"

namespace inflight::detail {

/// One look at all slots: cancels what is over the limit, gives up what is over the grace after that.
/// Returns when to look again: nothing can be overdue before.
template <class State>
TimePoint end_overdue_items(State& state, const WatchdogOptions& options) {
  const TimePoint now = Clock::now();
  TimePoint next = later(now, options.limit);
  for (auto& slot : state.board().slots()) {
    auto lock = state.board().lock();
    if (slot.phase != Phase::running) continue;
    const TimePoint over = later(slot.stamps.started, options.limit);
    if (slot.cancelled_at == TimePoint{} && now >= over) {
      slot.cancelled_at = now;
      state.board().cancel(slot, lock);
    }
    const bool cancelled = slot.cancelled_at != TimePoint{};
    const TimePoint due = cancelled ? later(slot.cancelled_at, options.grace) : over;
    if (cancelled && now >= due) {
      state.give_up(slot, std::move(lock),
                    "AsyncInferQueue: the item ran over the watchdog's limit and did not end when it was cancelled");
    } else {
      next = std::min(next, due);
    }
  }
  return next;
}

/// The thread that looks. Delivers what it gives up.
template <class State>
class Watchdog {
 public:
  Watchdog(State& state, WatchdogOptions options)
      : thread_([this, &state, options](std::stop_token stop) {
          while (!stop.stop_requested()) {
            const TimePoint next = end_overdue_items(state, options);
            std::unique_lock lock(mutex_);
            wake_.wait_until(lock, stop, next, [] { return false; });
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: joined while what it uses still stands
};

}  // namespace inflight::detail
