// What this process used, as the operating system tells it.
#pragma once

#include <cstdint>
#include <string>

#include "inflight/base/clock.hpp"

namespace inflight {

/// User and system time of all threads of this process since it started.
Seconds process_cpu_time();
/// The same of the calling thread.
Seconds thread_cpu_time();

/// Resident memory of this process now, in bytes; 0 where /proc does not tell.
std::int64_t resident_memory();
/// The most that it ever was.
std::int64_t peak_resident_memory();

/// Processors that this process may run on (affinity respected).
int usable_cores();
/// What CPU they are: "AMD EPYC 9V74".
std::string cpu_name();

/// Wall and CPU time from construction, for "cores used".
class ProcessMeter {
 public:
  /// Begins to measure.
  ProcessMeter();
  /// The time since then.
  Seconds wall() const;
  /// What all threads of the process used of it; for each core in use one second per second.
  Seconds cpu() const;

 private:
  TimePoint wall_start_;
  Seconds cpu_start_;
};

}  // namespace inflight
