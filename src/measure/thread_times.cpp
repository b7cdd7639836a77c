#include "inflight/measure/thread_times.hpp"

#include <pthread.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace inflight {
namespace {

std::string first_line_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace

std::vector<ThreadTime> thread_times() {
  std::vector<ThreadTime> threads;
  std::error_code none;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", none)) {
    // schedstat: nanoseconds on a processor, nanoseconds waiting for one, number of times.
    std::ifstream schedule(task.path() / "schedstat");
    std::int64_t nanoseconds = 0;
    if (!(schedule >> nanoseconds)) continue;  // it has just ended
    threads.push_back({.id = std::stoi(task.path().filename()),
                       .name = first_line_of(task.path() / "comm"),
                       .cpu = std::chrono::nanoseconds(nanoseconds)});
  }
  return threads;
}

Seconds thread_time(const std::vector<ThreadTime>& threads, const std::string& name) {
  Seconds sum{0};
  for (const ThreadTime& thread : threads) {
    if (thread.name == name) sum += thread.cpu;
  }
  return sum;
}

void name_this_thread(const char* name) {
  constexpr std::size_t most = 15;
  std::string cut(name, std::min(std::strlen(name), most));
  pthread_setname_np(pthread_self(), cut.c_str());
}

}  // namespace inflight
