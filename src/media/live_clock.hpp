// Time stamps that never go back.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "inflight/base/clock.hpp"

namespace inflight {

/// From the stamps of a source that comes and goes, and may count from zero each time, to the time since its first
/// frame. Within a connection the distances are the stream's own. Thread: one at a time.
class LiveClock {
 public:
  /// The stamps to come count from elsewhere.
  void reconnect() noexcept { offset_.reset(); }

  /// The time of a frame that the stream stamps with `stamp` (nothing: not at all) and that came at `now`.
  std::chrono::nanoseconds time(std::optional<std::chrono::nanoseconds> stamp, TimePoint now) noexcept {
    if (!began_) began_ = now;
    const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(now - *began_);
    const bool follows = stamp && offset_ && *stamp + *offset_ > last_;
    last_ = follows ? *stamp + *offset_ : std::max(elapsed, last_ + step);
    if (stamp && !follows) offset_ = last_ - *stamp;
    return last_;
  }

 private:
  static constexpr std::chrono::nanoseconds step = std::chrono::milliseconds(1);

  std::optional<TimePoint> began_;
  std::optional<std::chrono::nanoseconds> offset_;  // from the stream's stamps to ours; nothing: to be found
  std::chrono::nanoseconds last_ = -step;
};

}  // namespace inflight
