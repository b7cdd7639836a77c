#include "inflight/measure/cpu_doctor.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "inflight/measure/cpu_group.hpp"
#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

std::string line_of(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// The number of processors in a list as the kernel writes it: "0-3,8".
int count_of(const std::string& list) {
  int count = 0;
  std::istringstream parts(list);
  for (std::string part; std::getline(parts, part, ',');) {
    int first = 0, last = 0;
    const int found = std::sscanf(part.c_str(), "%d-%d", &first, &last);
    if (found >= 1) count += found == 2 ? last - first + 1 : 1;
  }
  return count;
}

/// A file of every processor, such as "cpufreq/scaling_governor"; its different contents.
std::set<std::string> of_all_processors(const fs::path& root, const std::string& file) {
  std::set<std::string> values;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(root / "sys/devices/system/cpu", none)) {
    const std::string name = entry.path().filename();
    if (name.size() < 4 || !name.starts_with("cpu") || name.find_first_not_of("0123456789", 3) != std::string::npos)
      continue;
    if (std::string value = line_of(entry.path() / file); !value.empty()) values.insert(std::move(value));
  }
  return values;
}

std::string number(double value) {
  std::ostringstream text;
  text.precision(3);
  text << value;
  return text.str();
}

std::optional<CpuFinding> quota(const fs::path& root) {
  const CpuGroup group = cpu_group(root);
  if (group.quota <= 0) return CpuFinding{"quota", "no control group limits this process"};
  const bool matters = group.quota < usable_cores();
  return CpuFinding{"quota",
                    "a control group allows " + number(group.quota) + " cores" +
                        (matters ? "; OpenVINO counts " + std::to_string(usable_cores()) +
                                       " and makes threads for them all: give --threads " +
                                       std::to_string(std::max(1, static_cast<int>(group.quota)))
                                 : ""),
                    matters};
}

std::optional<CpuFinding> affinity(const fs::path& root) {
  const int online = count_of(line_of(root / "sys/devices/system/cpu/online"));
  if (online == 0) return {};
  const int usable = usable_cores();
  if (usable >= online) return CpuFinding{"affinity", "all " + std::to_string(online) + " cores may be used"};
  return CpuFinding{"affinity",
                    "this process may run on " + std::to_string(usable) + " of " + std::to_string(online) +
                        " cores (taskset, cpuset); start it without to use them all",
                    true};
}

std::optional<CpuFinding> governor(const fs::path& root) {
  const auto governors = of_all_processors(root, "cpufreq/scaling_governor");
  if (governors.empty()) return {};
  std::string names;
  for (const std::string& name : governors) names += (names.empty() ? "" : ", ") + name;
  const bool matters = governors.contains("powersave") || governors.contains("conservative");
  return CpuFinding{"governor",
                    "clock governor: " + names +
                        (matters ? "; a core that idles clocks down, so that short work runs slower; measure with "
                                   "'performance'"
                                 : ""),
                    matters};
}

std::optional<CpuFinding> kinds_of_cores(const fs::path& root) {
  auto capacities = of_all_processors(root, "cpu_capacity");
  const bool intel = fs::exists(root / "sys/devices/cpu_atom") && fs::exists(root / "sys/devices/cpu_core");
  if (capacities.size() < 2 && !intel) return {};
  return CpuFinding{"hybrid",
                    "the cores are of different kinds: streams on the slow ones take longer; compare with "
                    "--property SCHEDULING_CORE_TYPE=PCORE_ONLY",
                    true};
}

std::optional<CpuFinding> numa(const fs::path& root) {
  const int nodes = count_of(line_of(root / "sys/devices/system/node/online"));
  if (nodes == 0) return {};
  if (nodes == 1) return CpuFinding{"NUMA", "one memory node"};
  return CpuFinding{"NUMA",
                    std::to_string(nodes) +
                        " memory nodes: a stream whose memory is on another node is slow; one "
                        "process per node (numactl) is often faster",
                    true};
}

std::optional<CpuFinding> siblings(const fs::path& root) {
  const auto lists = of_all_processors(root, "topology/thread_siblings_list");
  const bool shared = std::ranges::any_of(lists, [](const std::string& list) { return count_of(list) > 1; });
  if (lists.empty()) return {};
  return CpuFinding{"SMT", shared ? "two processors share a core each: work on both is slower than on one"
                                  : "every processor is a core of its own, as far as the system tells"};
}

bool has_openvino(const fs::path& process) {
  std::ifstream maps(process / "maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find("libopenvino.so") != std::string::npos) return true;
  }
  return false;
}

std::optional<CpuFinding> other_processes(const fs::path& root) {
  int others = 0, pinned = 0;
  const std::string own = std::to_string(::getpid());
  std::error_code none;
  for (const auto& process : fs::directory_iterator(root / "proc", none)) {
    const std::string name = process.path().filename();
    if (name == own || name.find_first_not_of("0123456789") != std::string::npos || !has_openvino(process.path()))
      continue;
    ++others;
    std::set<std::string> allowed;
    for (const auto& task : fs::directory_iterator(process.path() / "task", none)) {
      std::ifstream status(task.path() / "status");
      for (std::string line; std::getline(status, line);) {
        if (line.starts_with("Cpus_allowed_list:")) allowed.insert(line);
      }
    }
    if (allowed.size() > 1) ++pinned;
  }
  if (others == 0) return CpuFinding{"other OpenVINO", "no other process has OpenVINO loaded, as far as can be seen"};
  return CpuFinding{"other OpenVINO",
                    std::to_string(others) + (others == 1 ? " other process has" : " other processes have") +
                        " OpenVINO loaded" +
                        (pinned > 0 ? ", with threads pinned to cores: several pin to the same ones; give --property "
                                      "ENABLE_CPU_PINNING=NO to all"
                                    : ""),
                    pinned > 0};
}

std::optional<CpuFinding> thread_pools(const fs::path& root) {
  std::map<std::string, int> pools;
  int threads = 0;
  std::error_code none;
  for (const auto& task : fs::directory_iterator(root / "proc/self/task", none)) {
    ++pools[line_of(task.path() / "comm")];
    ++threads;
  }
  if (threads == 0) return {};
  const auto largest = std::ranges::max_element(pools, {}, [](const auto& pool) { return pool.second; });
  const bool matters = threads > 8 * usable_cores() + 16;
  return CpuFinding{"thread pools",
                    std::to_string(threads) + " threads in this process, " + std::to_string(largest->second) +
                        " of them named '" + largest->first + "'" +
                        (matters ? ": pools of several libraries fight for the cores; limit them" : ""),
                    matters};
}

}  // namespace

std::vector<CpuFinding> examine_cpus(const fs::path& root) {
  std::vector<CpuFinding> findings;
  for (const auto& look : {quota, affinity, governor, kinds_of_cores, numa, siblings, other_processes, thread_pools}) {
    if (auto finding = look(root)) findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace inflight
