#include "inflight/measure/process_meter.hpp"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <string_view>
#include <thread>
#include <vector>

namespace inflight {
namespace {

// What stands behind "key", blanks and ":" on the first such line of a /proc file; empty when there is none.
std::string proc_value(const char* path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(key)) continue;
    const auto begin = line.find_first_not_of(": \t", key.size());
    return begin == std::string::npos ? std::string() : line.substr(begin);
  }
  return {};
}

std::int64_t memory_of(std::string_view key) {
  const auto kilobytes = proc_value("/proc/self/status", key);
  return kilobytes.empty() ? 0 : std::stoll(kilobytes) * 1024;
}

Seconds cpu_time(clockid_t clock) {
  timespec used{};
  clock_gettime(clock, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

Seconds process_cpu_time() { return cpu_time(CLOCK_PROCESS_CPUTIME_ID); }
Seconds thread_cpu_time() { return cpu_time(CLOCK_THREAD_CPUTIME_ID); }

std::int64_t resident_memory() { return memory_of("VmRSS"); }

// Not getrusage: its ru_maxrss survives exec, so that a child begins with the size of its parent.
std::int64_t peak_resident_memory() { return memory_of("VmHWM"); }

int usable_cores() {
  constexpr std::size_t enough = 64;  // 65,536 processors; the kernel wants room for all that it could have
  for (std::size_t sets = 1; sets <= enough; sets *= 2) {
    std::vector<cpu_set_t> affinity(sets);
    const auto bytes = sets * sizeof(cpu_set_t);
    if (sched_getaffinity(0, bytes, affinity.data()) == 0) return CPU_COUNT_S(bytes, affinity.data());
    if (errno != EINVAL) break;
  }
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

std::string cpu_name() {
  const auto name = proc_value("/proc/cpuinfo", "model name");
  if (!name.empty()) return name;
  // Arm tells numbers, by which two of its processors can be told apart.
  const auto implementer = proc_value("/proc/cpuinfo", "CPU implementer");
  const auto part = proc_value("/proc/cpuinfo", "CPU part");
  return implementer.empty() ? "unknown CPU" : "CPU of implementer " + implementer + ", part " + part;
}

ProcessMeter::ProcessMeter() : wall_start_(Clock::now()), cpu_start_(process_cpu_time()) {}

Seconds ProcessMeter::wall() const { return Clock::now() - wall_start_; }

Seconds ProcessMeter::cpu() const { return process_cpu_time() - cpu_start_; }

}  // namespace inflight
