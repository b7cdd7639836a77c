#include "inflight/measure/cpu_group.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace inflight {
namespace {

namespace fs = std::filesystem;

/// Where the groups that hold processors are mounted, and which of them is this process's.
struct Hierarchy {
  fs::path mounted;  // "/sys/fs/cgroup/cpu"
  fs::path group;    // below it
  bool unified = false;
};

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (list.substr(0, comma) == word) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// Path of this process's group in /proc/self/cgroup: "4:cpu,cpuacct:/path" of version 1, "0::/path" of version 2.
std::optional<fs::path> group_path(const fs::path& root, bool unified) {
  std::ifstream file(root / "proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const auto controllers = std::string_view(line).substr(first + 1, second - first - 1);
    if (unified ? controllers.empty() : has_word(controllers, "cpu")) return fs::path(line.substr(second + 1));
  }
  return {};
}

/// The mount of version 1 if it has the processors, else that of version 2.
std::optional<Hierarchy> find_hierarchy(const fs::path& root) {
  std::optional<Hierarchy> found;
  std::ifstream file(root / "proc/self/mountinfo");
  for (std::string line; std::getline(file, line);) {
    // "36 25 0:31 /of/the/hierarchy /where rw,nosuid shared:5 - cgroup cgroup rw,cpu,cpuacct"
    std::istringstream words(line);
    std::string skip, shown, where, type, options;
    words >> skip >> skip >> skip >> shown >> where;
    while (words >> skip && skip != "-") {
    }
    words >> type >> skip >> options;
    const bool unified = type == "cgroup2";
    if (!unified && (type != "cgroup" || !has_word(options, "cpu"))) continue;
    const auto path = group_path(root, unified);
    if (!path || (found && unified)) continue;
    // In a container the mount may begin at the container's own group.
    const fs::path below = path->lexically_relative(shown);
    const bool inside = !below.empty() && *below.begin() != "..";
    found = Hierarchy{where, inside ? below : fs::path("."), unified};
    if (!unified) break;
  }
  return found;
}

double number_in(const fs::path& path) {
  double number = 0;
  std::ifstream(path) >> number;  // "max" of version 2 leaves 0
  return number;
}

double quota_of(const fs::path& folder, bool unified) {
  double quota = 0, period = 0;
  if (unified) {
    std::ifstream file(folder / "cpu.max");
    file >> quota >> period;
  } else {
    quota = number_in(folder / "cpu.cfs_quota_us");  // -1: none
    period = number_in(folder / "cpu.cfs_period_us");
  }
  return quota > 0 && period > 0 ? quota / period : 0;
}

void add_group(const fs::path& folder, bool unified, CpuGroup& sum) {
  if (const double quota = quota_of(folder, unified); quota > 0) {
    sum.quota = sum.quota > 0 ? std::min(sum.quota, quota) : quota;
  }
  std::ifstream file(folder / "cpu.stat");
  std::string key;
  for (std::int64_t value = 0; file >> key >> value;) {
    if (key == "nr_throttled") sum.throttled += value;
    if (key == "throttled_usec") sum.throttled_time += std::chrono::microseconds(value);
    if (key == "throttled_time") sum.throttled_time += std::chrono::nanoseconds(value);
  }
}

}  // namespace

CpuGroup cpu_group(const fs::path& root) {
  CpuGroup sum;
  const auto hierarchy = find_hierarchy(root);
  if (!hierarchy) return sum;
  const fs::path mounted = root / hierarchy->mounted.relative_path();
  // The limits of the groups around hold as well.
  fs::path folder = mounted;
  add_group(folder, hierarchy->unified, sum);
  for (const fs::path& part : hierarchy->group) {
    if (part.empty() || part == ".") continue;
    folder /= part;
    add_group(folder, hierarchy->unified, sum);
  }
  return sum;
}

}  // namespace inflight
