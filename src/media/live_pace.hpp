// When a frame is due that came too early.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "inflight/base/clock.hpp"

namespace inflight {

/// Playlists bring some seconds of frames at a time. Given out at once, all but the last of them would be dropped; so
/// they are given out at the distances that their times have. What comes late is given at once, and what follows it
/// counts from there: waiting less would bring the bundles back. So it is after a jump of the times. Thread: one at a
/// time.
class LivePace {
 public:
  /// The moment at which to give out a frame of this time, which came at `now`.
  TimePoint due(std::chrono::nanoseconds time, TimePoint now) noexcept {
    if (!first_) first_ = now - time;
    const TimePoint due = *first_ + time;
    const bool is_off = now - due > late || due - now > jump;
    if (is_off) first_ = now - time;
    return is_off ? now : std::max(due, now);
  }

 private:
  static constexpr std::chrono::milliseconds late{500};
  static constexpr std::chrono::seconds jump{5};  // the frame before was given out on time: so far apart are no two

  std::optional<TimePoint> first_;  // when the frame of time 0 was due
};

}  // namespace inflight
