#include "inflight/measure/cpu_doctor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "inflight/measure/process_meter.hpp"
#include "system_files.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;

class CpuDoctor : public testing::Test {
 protected:
  /// The finding of that name; an empty one where there is none.
  CpuFinding finding(const std::string& name) const {
    for (CpuFinding& found : examine_cpus(files_.root())) {
      if (found.name == name) return found;
    }
    return {};
  }

  test_support::SystemFiles files_;
};

TEST_F(CpuDoctor, SaysNothingOfWhatTheSystemDoesNotTell) {
  for (const auto* name : {"affinity", "governor", "hybrid", "NUMA", "SMT", "thread pools"})
    EXPECT_EQ(finding(name).text, "") << name;
}

TEST_F(CpuDoctor, SeesAnAffinityThatLeavesCoresOut) {
  files_.write("sys/devices/system/cpu/online", "0-" + std::to_string(usable_cores() + 3) + "\n");
  EXPECT_TRUE(finding("affinity").matters);
  EXPECT_THAT(finding("affinity").text, HasSubstr("of " + std::to_string(usable_cores() + 4) + " cores"));
}

TEST_F(CpuDoctor, SeesThatAllCoresMayBeUsed) {
  files_.write("sys/devices/system/cpu/online", "0-" + std::to_string(usable_cores() - 1) + "\n");
  EXPECT_FALSE(finding("affinity").matters);
}

TEST_F(CpuDoctor, WarnsOfAGovernorThatSavesPower) {
  files_.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
  EXPECT_TRUE(finding("governor").matters);
  files_.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
  EXPECT_FALSE(finding("governor").matters);
}

TEST_F(CpuDoctor, SeesCoresOfDifferentKinds) {
  files_.write("sys/devices/system/cpu/cpu0/cpu_capacity", "1024\n");
  files_.write("sys/devices/system/cpu/cpu1/cpu_capacity", "1024\n");
  EXPECT_EQ(finding("hybrid").text, "");
  files_.write("sys/devices/system/cpu/cpu1/cpu_capacity", "512\n");
  EXPECT_TRUE(finding("hybrid").matters);
}

TEST_F(CpuDoctor, SeesProcessorsThatShareACore) {
  files_.write("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0\n");
  EXPECT_THAT(finding("SMT").text, HasSubstr("a core of its own"));
  files_.write("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0-1\n");
  EXPECT_THAT(finding("SMT").text, HasSubstr("share a core"));
}

TEST_F(CpuDoctor, CountsMemoryNodes) {
  files_.write("sys/devices/system/node/online", "0\n");
  EXPECT_FALSE(finding("NUMA").matters);
  files_.write("sys/devices/system/node/online", "0-1\n");
  EXPECT_TRUE(finding("NUMA").matters);
}

TEST_F(CpuDoctor, SeesOtherProcessesWithOpenVinoThatPinTheirThreads) {
  files_.write("proc/4001/maps", "7f00-7f01 r-xp 0 0:0 1 /opt/libs/libopenvino.so.2641\n");
  files_.write("proc/4001/task/4001/status", "Name:\tother\nCpus_allowed_list:\t0-1\n");
  EXPECT_THAT(finding("other OpenVINO").text, HasSubstr("1 other process has OpenVINO loaded"));
  EXPECT_FALSE(finding("other OpenVINO").matters);
  files_.write("proc/4001/task/4002/status", "Name:\tother\nCpus_allowed_list:\t1\n");
  EXPECT_TRUE(finding("other OpenVINO").matters);
}

TEST_F(CpuDoctor, OfThisMachineIsThereAndWithinReason) {
  const auto findings = examine_cpus();
  EXPECT_TRUE(std::ranges::any_of(findings, [](const CpuFinding& found) { return found.name == "thread pools"; }));
  for (const CpuFinding& found : findings) EXPECT_FALSE(found.text.empty()) << found.name;
}

}  // namespace
}  // namespace inflight
