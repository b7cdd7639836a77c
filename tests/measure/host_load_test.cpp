#include "inflight/measure/host_load.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <string>

#include "inflight/measure/process_meter.hpp"
#include "system_files.hpp"

namespace inflight {
namespace {

using test_support::SystemFiles;

/// A processor that this process may run on.
std::string own_processor() { return "cpu" + std::to_string(sched_getcpu()); }

/// Keeps the calling thread on a processor so long.
void compute(Seconds time) {
  for (const Seconds end = thread_cpu_time() + time; thread_cpu_time() < end;) {
  }
}

TEST(HostLoad, TellsOthersAndStolenTimeOfTheProcessorsInUse) {
  SystemFiles files;
  const auto stat = [&](const std::string& counts) {
    // The sum of all, and a processor that is not ours, say the same: counted once, or not at all.
    files.write("proc/stat", "cpu " + counts + "\n" + own_processor() + counts + "\ncpu9999" + counts + "\nintr 5\n");
  };
  stat(" 1000 200 300 5000 10 20 30 400 7 0");
  const HostLoad load(files.root());
  compute(Seconds(0.05));
  // 30 s in all classes of use but idle, and 4 s stolen: in less than a second of the test, it is much per second.
  stat(" 2000 700 1000 9000 99 420 430 800 7 0");
  const HostUse use = load.use();
  ASSERT_TRUE(use.known);
  EXPECT_NEAR(use.others * use.wall.count(), 30 - use.own * use.wall.count(), 1e-6);
  EXPECT_NEAR(use.stolen * use.wall.count(), 4, 1e-6);
  EXPECT_GE(use.own * use.wall.count(), 0.05);
}

TEST(HostLoad, IsNeverBelowNothing) {
  SystemFiles files;
  files.write("proc/stat", own_processor() + " 1 1 1 1 1 1 1 1 0 0\n");
  const HostLoad load(files.root());
  compute(Seconds(0.02));  // that the system has not counted yet
  const HostUse use = load.use();
  EXPECT_EQ(use.others, 0);
  EXPECT_EQ(use.stolen, 0);
}

TEST(HostLoad, CountsThePeriodsInWhichTheGroupWasHeld) {
  SystemFiles files;
  files.write("proc/self/mountinfo", "30 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  files.write("proc/self/cgroup", "0::/a\n");
  files.write("sys/fs/cgroup/a/cpu.stat", "nr_throttled 7\nthrottled_usec 1000000\n");
  const HostLoad load(files.root());
  files.write("sys/fs/cgroup/a/cpu.stat", "nr_throttled 9\nthrottled_usec 1500000\n");
  EXPECT_EQ(load.use().throttled, 2);
  EXPECT_DOUBLE_EQ(load.use().throttled_time.count(), 0.5);
}

TEST(HostLoad, SaysWhenTheSystemDoesNotTell) {
  const SystemFiles files;
  EXPECT_FALSE(HostLoad(files.root()).use().known);
}

TEST(HostLoad, ReadsTheRealSystem) {
  const HostLoad load;
  compute(Seconds(0.05));
  const HostUse use = load.use();
  EXPECT_TRUE(use.known);
  EXPECT_GT(use.own, 0);
  EXPECT_GT(total_memory(), std::int64_t{1} << 26);
  EXPECT_EQ(kernel_name().rfind("Linux ", 0), 0U);
}

}  // namespace
}  // namespace inflight
