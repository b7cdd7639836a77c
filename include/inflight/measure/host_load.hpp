// What other processes and other virtual machines took of the processors, and what was withheld, during a window.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/measure/cpu_group.hpp"

namespace inflight {

/// Use of those processors that this process may run on, in cores: 1 is one of them, all the time.
struct HostUse {
  bool known = false;          ///< whether the system told it
  Seconds wall{0};             ///< length of the window
  double own = 0;              ///< by this process
  double others = 0;           ///< by other processes and the kernel
  double stolen = 0;           ///< by the hypervisor, for other machines
  std::int64_t throttled = 0;  ///< periods in which the quota of the control group was used up
  Seconds throttled_time{0};
};

/// A window that begins when it is made. The system counts in steps of 10 ms per processor: it takes some seconds for
/// the figures to be good to a hundredth of a core.
class HostLoad {
 public:
  /// `root`: in place of "/", for tests. Blocks: on /proc and /sys, briefly; so does `use`.
  explicit HostLoad(std::filesystem::path root = "/");

  /// What was used until now.
  HostUse use() const;

 private:
  struct Times {
    bool known = false;
    Seconds busy{0}, stolen{0};
  };
  Times read() const;

  std::filesystem::path root_;
  std::vector<std::string> processors_;  // "cpu0", those that we may run on
  TimePoint began_;
  Seconds own_;
  Times times_;
  CpuGroup group_;
};

/// Memory of the machine in bytes; 0 where the system does not tell.
std::int64_t total_memory();
/// "Linux 6.1.0-28-amd64".
std::string kernel_name();

}  // namespace inflight
