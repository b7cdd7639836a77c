#include "inflight/measure/host_load.hpp"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

std::vector<std::string> allowed_processors() {
  std::vector<std::string> names;
  constexpr std::size_t most = 8192;
  std::vector<cpu_set_t> affinity(most / CPU_SETSIZE);
  const auto bytes = affinity.size() * sizeof(cpu_set_t);
  if (sched_getaffinity(0, bytes, affinity.data()) != 0) return names;
  for (std::size_t i = 0; i < most; ++i) {
    if (CPU_ISSET_S(i, bytes, affinity.data())) names.push_back("cpu" + std::to_string(i));
  }
  return names;
}

}  // namespace

HostLoad::HostLoad(std::filesystem::path root)
    : root_(std::move(root)),
      processors_(allowed_processors()),
      began_(Clock::now()),
      own_(process_cpu_time()),
      times_(read()),
      group_(cpu_group(root_)) {}

HostLoad::Times HostLoad::read() const {
  Times sum;
  const auto seconds = [tick = static_cast<double>(sysconf(_SC_CLK_TCK))](std::int64_t ticks) {
    return Seconds(static_cast<double>(ticks) / tick);
  };
  std::ifstream file(root_ / "proc/stat");
  for (std::string line; std::getline(file, line) && line.starts_with("cpu");) {
    std::istringstream words(line);
    std::string name;
    std::int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
    words >> name >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;  // guests are in user, nice
    if (words.fail() || std::ranges::find(processors_, name) == processors_.end()) continue;
    sum.known = true;
    sum.busy += seconds(user + nice + system + irq + softirq);
    sum.stolen += seconds(steal);
  }
  return sum;
}

HostUse HostLoad::use() const {
  HostUse use;
  const Times now = read();
  use.wall = Clock::now() - began_;
  if (use.wall.count() <= 0) return use;
  const Seconds own = process_cpu_time() - own_;
  const CpuGroup group = cpu_group(root_);
  use.known = times_.known && now.known;
  use.own = own / use.wall;
  // The system's steps may make it seem that less was used in all than by us.
  use.others = std::max(0.0, (now.busy - times_.busy - own) / use.wall);
  use.stolen = std::max(0.0, (now.stolen - times_.stolen) / use.wall);
  use.throttled = group.throttled - group_.throttled;
  use.throttled_time = group.throttled_time - group_.throttled_time;
  return use;
}

std::int64_t total_memory() {
  const auto pages = sysconf(_SC_PHYS_PAGES);
  return pages > 0 ? std::int64_t{pages} * sysconf(_SC_PAGESIZE) : 0;
}

std::string kernel_name() {
  utsname name{};
  if (uname(&name) != 0) return {};
  return std::string(name.sysname) + " " + name.release;
}

}  // namespace inflight
