#include "thread_roles.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace inflight {

void ThreadRoles::claim(const std::string& role) {
  for (const ThreadTime& thread : thread_times()) roles_.try_emplace(thread.id, role);
}

std::map<std::string, ThreadRoles::Used> ThreadRoles::used(const std::vector<ThreadTime>& before,
                                                           const std::vector<ThreadTime>& after,
                                                           const std::string& other) const {
  std::map<std::string, Used> used;
  for (const ThreadTime& thread : after) {
    const auto role = roles_.find(thread.id);
    const auto was = std::ranges::find(before, thread.id, &ThreadTime::id);
    Used& sum = used[role == roles_.end() ? other : role->second];
    ++sum.threads;
    sum.cpu += was == before.end() ? thread.cpu : thread.cpu - was->cpu;
  }
  return used;
}

int this_thread() {
  thread_local const int id = static_cast<int>(::syscall(SYS_gettid));
  return id;
}

}  // namespace inflight
