// What a submission may wait for, and what becomes of it.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

#include "inflight/base/clock.hpp"

namespace inflight {

/// What became of a submission. Only `accepted` items have a result, and each of them has exactly one. With every other
/// answer nothing was taken: the fill function was not called, the userdata is as it was. A submission whose answer is
/// not looked at is a compiler's warning.
enum class [[nodiscard("only an accepted item has a result: look at the answer, or ensure_accepted(it)")]] Submit{
    accepted,        ///< the item has a request; its result comes, or came
    full,            ///< no request was idle, and the call does not wait
    stopped,         ///< stop was requested before a request was idle, or the queue is being destroyed
    timed_out,       ///< the deadline passed before a request was idle
    would_deadlock,  ///< no request was idle, and this thread is in a callback, a fill function or an executor, or
                     ///< makes, copies or destroys userdata, where waiting may never end
    request_lost,    ///< `restart` of an item that timed out: the device had its request then, or has it still
};

/// The answer in words, for messages.
constexpr const char* to_string(Submit answer) noexcept {
  switch (answer) {
    case Submit::accepted:
      return "accepted";
    case Submit::full:
      return "full: no request was idle";
    case Submit::stopped:
      return "stopped before a request was idle";
    case Submit::timed_out:
      return "timed out before a request was idle";
    case Submit::would_deadlock:
      return "would deadlock: no request was idle, and a callback, a fill function or userdata must not wait";
    case Submit::request_lost:
      return "request lost: the item timed out, and its request was left to the device";
  }
  return "unknown";
}

/// How long a submission waits for an idle request: until a moment, for a while, until stop is requested, or, made from
/// nothing, as long as it takes.
///
///     if (queue.start_async(fill, frame, 50ms) == Submit::timed_out) ++dropped;
///     while (queue.start_async(fill, frame, {stop_token, Clock::now() + 50ms}) == Submit::timed_out) report_a_stall();
class Until {
 public:
  /// As long as it takes.
  Until() = default;
  /// Until stop is requested.
  Until(std::stop_token stop) : stop_(std::move(stop)) {}  // NOLINT(google-explicit-constructor)
  /// Until that moment.
  Until(TimePoint deadline) : deadline_(deadline) {}  // NOLINT(google-explicit-constructor)
  /// So long from now, that is from where it is made. Zero or less: only what needs no wait.
  template <class Rep, class Period>
  Until(std::chrono::duration<Rep, Period> from_now) {  // NOLINT(google-explicit-constructor)
    const TimePoint now = Clock::now();
    // Longer than time lasts is no deadline: the sum would be a moment of the past.
    if (Seconds(from_now) < Seconds(TimePoint::max() - now)) {
      deadline_ = from_now > from_now.zero() ? now + std::chrono::ceil<Clock::duration>(from_now) : now;
    }
  }
  /// Until one of both.
  Until(std::stop_token stop, TimePoint deadline) : stop_(std::move(stop)), deadline_(deadline) {}

  /// What ends the wait; empty when nothing was given.
  const std::stop_token& stop() const noexcept { return stop_; }
  /// When it ends; none: it may go on for ever.
  const std::optional<TimePoint>& deadline() const noexcept { return deadline_; }

 private:
  std::stop_token stop_;
  std::optional<TimePoint> deadline_;
};

/// Where there is no `Submit` to return, as for a future or in a coroutine, and of `ensure_accepted`: the item was not
/// accepted.
class NotAccepted : public std::runtime_error {
 public:
  /// The message holds the answer in words.
  explicit NotAccepted(Submit answer)
      : std::runtime_error(std::string("AsyncInferQueue: the item was not accepted: ") + to_string(answer)),
        answer_(answer) {}
  /// Why; never `accepted`.
  Submit answer() const noexcept { return answer_; }

 private:
  Submit answer_;
};

/// For submissions that cannot but be accepted: one that waits as long as it takes, outside callbacks, of a queue that
/// nobody destroys meanwhile. Throws: NotAccepted with every other answer.
///
///     ensure_accepted(queue.start_async(fill, frame));
inline void ensure_accepted(Submit answer) {
  if (answer != Submit::accepted) throw NotAccepted(answer);
}

}  // namespace inflight
