// What the control group of this process (its container, its service) lets it use of the processors.
#pragma once

#include <cstdint>
#include <filesystem>

#include "inflight/base/clock.hpp"

namespace inflight {

/// The state of the group and of those around it. Counts are since the groups began.
struct CpuGroup {
  double quota = 0;            ///< cores, the least of all groups; 0: no limit
  std::int64_t throttled = 0;  ///< periods in which a group had used up its quota and was held
  Seconds throttled_time{0};   ///< how long its processors were held
};

/// Reads it, of version 1 or 2 of control groups, below `root` in place of "/". Blocks: on /proc and /sys, briefly.
/// Where there are none: no limit.
CpuGroup cpu_group(const std::filesystem::path& root = "/");

}  // namespace inflight
