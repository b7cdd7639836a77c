#include "inflight/measure/thread_times.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

TEST(ThreadTimes, KnowsANamedThreadAndWhatItUsed) {
  std::promise<void> busy_enough, seen;
  std::jthread worker([&] {
    name_this_thread("worker");
    while (thread_cpu_time() < Seconds(0.02)) continue;
    busy_enough.set_value();
    seen.get_future().wait();
  });
  busy_enough.get_future().wait();
  const auto threads = thread_times();
  seen.set_value();
  EXPECT_GE(thread_time(threads, "worker"), Seconds(0.019));
  EXPECT_EQ(thread_time(threads, "nobody"), Seconds(0));
  EXPECT_EQ(std::count_if(threads.begin(), threads.end(), [](const ThreadTime& t) { return t.name == "worker"; }), 1);
}

TEST(ThreadTimes, SumsUpToWhatTheProcessUsed) {
  while (thread_cpu_time() < Seconds(0.03)) continue;
  Seconds sum{0};
  for (const ThreadTime& thread : thread_times()) sum += thread.cpu;
  EXPECT_GT(sum.count(), 0.02);
  EXPECT_LE(sum, process_cpu_time());
}

TEST(ThreadTimes, ALongNameIsCutNotRefused) {
  std::string name;
  std::jthread([&] {
    name_this_thread("a name of many letters");
    for (const ThreadTime& thread : thread_times()) {
      if (thread.name.starts_with("a name")) name = thread.name;
    }
  }).join();
  EXPECT_EQ(name, "a name of many ");
}

}  // namespace
}  // namespace inflight
