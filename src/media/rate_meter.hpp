// How often something happens.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "inflight/base/clock.hpp"

namespace inflight {

/// The rate over the last two seconds, or as far back as the last 512 times reach. Thread: one at a time.
class RateMeter {
 public:
  void add(TimePoint now) noexcept { times_[count_++ % times_.size()] = now; }
  void clear() noexcept { count_ = 0; }

  /// Per second; 0 while fewer than two times are known.
  double rate(TimePoint now) const noexcept {
    std::size_t recent = 0;
    while (recent < std::min(count_, times_.size()) && now - back(recent) <= window) ++recent;
    if (recent < 2) return 0;
    const Seconds span = back(0) - back(recent - 1);
    return span.count() > 0 ? static_cast<double>(recent - 1) / span.count() : 0;
  }

 private:
  static constexpr std::chrono::seconds window{2};

  // 0: the newest.
  TimePoint back(std::size_t index) const noexcept { return times_[(count_ - 1 - index) % times_.size()]; }

  std::array<TimePoint, 512> times_;
  std::size_t count_ = 0;
};

}  // namespace inflight
