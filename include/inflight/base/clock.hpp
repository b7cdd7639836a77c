// The one clock of all stamps: steady, so that differences are durations whatever happens to the date.
#pragma once

#include <chrono>

namespace inflight {

/// What all stamps are taken from.
using Clock = std::chrono::steady_clock;
/// A stamp, or a deadline.
using TimePoint = Clock::time_point;
/// A duration in seconds, fractions too.
using Seconds = std::chrono::duration<double>;
/// A duration in milliseconds, fractions too.
using Milliseconds = std::chrono::duration<double, std::milli>;

/// A moment so much later; the last moment there is, when that is beyond it.
constexpr TimePoint later(TimePoint from, Clock::duration by) noexcept {
  return by < TimePoint::max() - from ? from + by : TimePoint::max();
}

/// Milliseconds from one stamp to a later one.
inline double milliseconds_between(TimePoint from, TimePoint to) { return Milliseconds(to - from).count(); }

}  // namespace inflight
