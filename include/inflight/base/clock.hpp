// The one clock of all stamps: steady, so that differences are durations whatever happens to the date.
#pragma once

#include <chrono>

namespace inflight {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Seconds = std::chrono::duration<double>;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// Milliseconds from one stamp to a later one.
inline double milliseconds_between(TimePoint from, TimePoint to) { return Milliseconds(to - from).count(); }

}  // namespace inflight
