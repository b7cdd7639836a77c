// Settings reach the device, and what does not fit is refused with what would.
#include "inflight/infer/compile.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "inflight/base/error.hpp"
#include "inflight/infer/devices.hpp"
#include "model_files.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class Compile : public testing::Test {
 protected:
  DeviceSettings settings(const CompileOptions& options) { return settings_of(compile(core_, model_, options)); }
  std::string usage_error(const CompileOptions& options) {
    return message_of<UsageError>([&] { compile(core_, model_, options); });
  }

  ov::Core core_;
  std::shared_ptr<ov::Model> model_ = add_one_model({1, 3, 8, 8});
};

TEST_F(Compile, LeavesEveryChoiceToTheDeviceByDefault) {
  const DeviceSettings made = settings({});
  EXPECT_EQ(made.device, "CPU");
  EXPECT_GE(std::stoi(made.streams), 1);
  EXPECT_GE(std::stoi(made.threads), 1);
  EXPECT_GE(made.optimal_requests, 1u);
}

TEST_F(Compile, PassesHintsOn) {
  for (const Hint hint : {Hint::latency, Hint::throughput, Hint::cumulative_throughput}) {
    EXPECT_EQ(settings({.hint = hint}).hint, to_string(hint));
  }
}

TEST_F(Compile, PassesStreamsThreadsAndPrecisionOn) {
  const DeviceSettings two = settings({.streams = 2, .threads = 2, .precision = "f32"});
  EXPECT_EQ(two.streams, "2");
  EXPECT_EQ(two.threads, "2");
  EXPECT_EQ(two.precision, "f32");
  EXPECT_EQ(two.optimal_requests, 2u);
  const DeviceSettings one = settings({.streams = 1, .threads = 1});
  EXPECT_EQ(one.streams, "1");
  EXPECT_EQ(one.threads, "1");
}

TEST_F(Compile, PassesFurtherPropertiesOnLast) {
  auto compiled = compile(core_, model_, {.streams = 1, .properties = {"NUM_STREAMS=2", "PERF_COUNT=YES"}});
  EXPECT_EQ(settings_of(compiled).streams, "2");
  EXPECT_TRUE(compiled.get_property(ov::enable_profiling));
}

TEST_F(Compile, KeepsCompiledModelsInTheCacheFolder) {
  const TemporaryFolder folder;
  const CompileOptions options{.cache_dir = folder / "made/here"};
  EXPECT_FALSE(compile(core_, model_, options).get_property(ov::loaded_from_cache));
  EXPECT_FALSE(std::filesystem::is_empty(options.cache_dir));
  EXPECT_TRUE(compile(core_, model_, options).get_property(ov::loaded_from_cache));
}

TEST_F(Compile, RefusesACacheFolderThatCannotBe) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "in the way");
  EXPECT_EQ(usage_error({.cache_dir = file}),
            "--cache-dir " + file + ": there is no such folder and it cannot be made; name another");
}

// What a physical device tells, a virtual one tells of the device behind it.
class CompileFor : public Compile, public testing::WithParamInterface<const char*> {};

TEST_P(CompileFor, PassesStreamsThreadsAndPrecisionThroughAVirtualDevice) {
  const DeviceSettings made = settings({.device = GetParam(), .streams = 2, .threads = 2, .precision = "f32"});
  EXPECT_EQ(made.device, "CPU");
  EXPECT_EQ(made.streams, "2");
  EXPECT_EQ(made.threads, "2");
  EXPECT_EQ(made.precision, "f32");
  EXPECT_GE(made.optimal_requests, 2u);
}

TEST_P(CompileFor, PassesTheHintThroughAVirtualDevice) {
  EXPECT_EQ(settings({.device = GetParam(), .hint = Hint::throughput}).hint, "throughput");
}

TEST_P(CompileFor, NamesAPropertyThatAVirtualDeviceWouldIgnore) {
  EXPECT_EQ(usage_error({.device = GetParam(), .properties = {"NUM_STREEMS=2"}}),
            std::string("--device ") + GetParam() +
                " does not take NUM_STREEMS=2: neither it nor the devices behind it know NUM_STREEMS");
}

TEST_P(CompileFor, NamesAPrecisionThatTheDeviceBehindDoesNotHave) {
  EXPECT_THAT(usage_error({.device = GetParam(), .precision = "f99"}),
              AllOf(StartsWith(std::string("--device ") + GetParam() + " does not take INFERENCE_PRECISION_HINT=f99: "),
                    HasSubstr("bf16, f16, f32")));
}

INSTANTIATE_TEST_SUITE_P(Virtual, CompileFor,
                         testing::Values("AUTO:CPU", "HETERO:CPU", "MULTI:CPU", "MULTI:CPU(2)", "BATCH:CPU",
                                         "BATCH:CPU(2)"),
                         [](const auto& device) {
                           std::string name = device.param;
                           std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
                           return name;
                         });

TEST_F(Compile, ListsTheDevicesWhenThereIsNoSuch) {
  const std::string seen = " here; OpenVINO sees " + device_list(core_) + " (and AUTO, HETERO, MULTI, BATCH over them)";
  EXPECT_EQ(usage_error({.device = "FPGA"}), "--device FPGA: there is no device FPGA" + seen);
  EXPECT_EQ(usage_error({.device = "cpu"}), "--device cpu: there is no device cpu" + seen);
  EXPECT_EQ(usage_error({.device = ""}), "--device : there is no device ''" + seen);
  EXPECT_EQ(usage_error({.device = "AUTO:"}), "--device AUTO:: there is no device ''" + seen);
  EXPECT_EQ(usage_error({.device = "HETERO:CPU,FPGA"}), "--device HETERO:CPU,FPGA: there is no device FPGA" + seen);
  EXPECT_EQ(usage_error({.device = "HETERO:-CPU"}), "--device HETERO:-CPU: there is no device -CPU" + seen);
}

TEST_F(Compile, AsksForTheDevicesBehindAVirtualOne) {
  for (const std::string device : {"HETERO", "MULTI", "BATCH"}) {
    EXPECT_EQ(usage_error({.device = device}),
              "--device " + device + ": name the devices behind it, for example " + device + ":CPU");
  }
  for (const std::string device : {"AUTO", "AUTO:-GPU"}) {
    EXPECT_EQ(settings({.device = device}).device, "CPU");
    EXPECT_EQ(usage_error({.device = device, .streams = 2}),
              "--device " + device +
                  ": streams, threads and precision are settings of the devices behind it; name them, "
                  "for example AUTO:CPU");
  }
}

TEST_F(Compile, NamesThePropertyThatTheDeviceDoesNotTake) {
  EXPECT_EQ(usage_error({.hint = Hint::latency, .properties = {"NUM_STREEMS=2"}}),
            "--device CPU does not take NUM_STREEMS=2: NotFound: Unsupported property NUM_STREEMS by CPU plugin.");
  EXPECT_THAT(usage_error({.precision = "f99", .properties = {"PERFORMANCE_HINT_NUM_REQUESTS=1"}}),
              StartsWith("--device CPU does not take INFERENCE_PRECISION_HINT=f99: "))
      << "a 1 is in many a message";
  EXPECT_THAT(usage_error({.properties = {"ENABLE_CPU_PINNING=NO", "INFERENCE_NUM_THREADS=many"}}),
              StartsWith("--device CPU does not take INFERENCE_NUM_THREADS=many: "));
  EXPECT_THAT(usage_error({.properties = {"NUM_STREAMS=abc"}}),
              StartsWith("--device CPU does not take NUM_STREAMS=abc: "));
  EXPECT_THAT(
      usage_error({.streams = 1, .precision = "f99"}),
      AllOf(StartsWith("--device CPU does not take INFERENCE_PRECISION_HINT=f99: "), HasSubstr("bf16, f16, f32")));
}

TEST_F(Compile, RefusesAPropertyWithoutAValue) {
  for (const std::string property : {"KEY", "=VALUE", ""}) {
    EXPECT_EQ(usage_error({.properties = {property}}),
              "--property '" + property + "': give KEY=VALUE, for example ENABLE_CPU_PINNING=NO");
  }
}

TEST_F(Compile, RefusesNegativeNumbers) {
  EXPECT_EQ(usage_error({.streams = -1}), "--streams -1: give 1 or more");
  EXPECT_EQ(usage_error({.threads = -1}), "--threads -1: give 1 or more");
}

TEST_F(Compile, RefusesToCompileNothing) {
  model_ = nullptr;
  EXPECT_EQ(message_of<Error>([&] { compile(core_, model_, {}); }), "there is no model to compile; read one first");
}

TEST(Hint, HasANameAndIsFoundByIt) {
  for (const Hint hint : {Hint::latency, Hint::throughput, Hint::cumulative_throughput, Hint::none}) {
    EXPECT_EQ(parse_hint(to_string(hint)), hint);
  }
  EXPECT_EQ(message_of<UsageError>([] { parse_hint("fast"); }),
            "--hint fast: choose latency, throughput, cumulative_throughput or none");
}

TEST(Devices, AreListedWithTheirNames) {
  ov::Core core;
  const auto devices = available_devices(core);
  ASSERT_FALSE(devices.empty());
  EXPECT_EQ(devices[0].id, "CPU");
  EXPECT_FALSE(devices[0].name.empty());
  EXPECT_NE(devices[0].name.back(), ' ');
  EXPECT_THAT(device_list(core), StartsWith("CPU"));
  EXPECT_THAT(openvino_version(), testing::MatchesRegex("20[0-9][0-9]\\.[0-9]+\\.[0-9]+.*"));
}

}  // namespace
}  // namespace inflight
