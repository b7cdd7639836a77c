#include "inflight/measure/cpu_group.hpp"

#include <gtest/gtest.h>

#include "system_files.hpp"

namespace inflight {
namespace {

using test_support::SystemFiles;

TEST(CpuGroup, OfVersion2HoldsTheLeastQuotaOfTheGroupsAround) {
  SystemFiles files;
  files.write("proc/self/mountinfo", "30 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  files.write("proc/self/cgroup", "0::/a/b\n");
  files.write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  files.write("sys/fs/cgroup/a/cpu.stat", "usage_usec 9\nnr_periods 50\nnr_throttled 7\nthrottled_usec 2500000\n");
  files.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  files.write("sys/fs/cgroup/a/b/cpu.stat", "usage_usec 9\nnr_periods 50\nnr_throttled 1\nthrottled_usec 500000\n");
  const CpuGroup group = cpu_group(files.root());
  EXPECT_DOUBLE_EQ(group.quota, 1.5);
  EXPECT_EQ(group.throttled, 8);
  EXPECT_DOUBLE_EQ(group.throttled_time.count(), 3);
}

TEST(CpuGroup, OfVersion1GoesBeforeAnEmptyHierarchyOfVersion2) {
  SystemFiles files;
  files.write("proc/self/mountinfo",
              "31 1 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
              "32 1 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
              "33 1 0:29 / /sys/fs/cgroup/cpu rw shared:9 master:1 - cgroup cgroup rw,cpu,cpuacct\n");
  files.write("proc/self/cgroup", "3:cpuset:/other\n2:cpu,cpuacct:/job\n0::/\n");
  files.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  files.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  files.write("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "50000\n");
  files.write("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000\n");
  files.write("sys/fs/cgroup/cpu/job/cpu.stat", "nr_periods 4\nnr_throttled 3\nthrottled_time 40000000\n");
  const CpuGroup group = cpu_group(files.root());
  EXPECT_DOUBLE_EQ(group.quota, 0.5);
  EXPECT_EQ(group.throttled, 3);
  EXPECT_DOUBLE_EQ(group.throttled_time.count(), 0.04);
}

TEST(CpuGroup, InAContainerBeginsWhereItsMountDoes) {
  SystemFiles files;
  files.write("proc/self/mountinfo", "30 1 0:26 /docker/1234 /sys/fs/cgroup ro - cgroup2 cgroup2 rw\n");
  files.write("sys/fs/cgroup/cpu.max", "200000 100000\n");
  files.write("sys/fs/cgroup/inner/cpu.max", "100000 100000\n");
  for (const auto& [path, quota] : {std::pair{"0::/docker/1234\n", 2.0}, std::pair{"0::/docker/1234/inner\n", 1.0},
                                    std::pair{"0::/elsewhere\n", 2.0}}) {
    files.write("proc/self/cgroup", path);
    EXPECT_DOUBLE_EQ(cpu_group(files.root()).quota, quota) << path;
  }
}

TEST(CpuGroup, WithoutGroupsLimitsNothing) {
  const SystemFiles files;
  EXPECT_EQ(cpu_group(files.root()).quota, 0);
  EXPECT_EQ(cpu_group(files.root()).throttled, 0);
}

}  // namespace
}  // namespace inflight
