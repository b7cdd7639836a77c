// Compiling a model for a device, with every setting that OpenVINO offers.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>
#include <openvino/runtime/core.hpp>

namespace inflight {

/// What the device is to be good at; `none` leaves it to its default.
enum class Hint { latency, throughput, cumulative_throughput, none };

/// What is asked of the device. Zero and empty leave the choice to the device.
struct CompileOptions {
  std::string device = "CPU";  ///< CPU, GPU, NPU, AUTO, "AUTO:CPU", "HETERO:GPU,CPU", MULTI:..., BATCH:...
  Hint hint = Hint::none;
  int streams = 0;
  int threads = 0;
  std::string cache_dir{};                ///< compiled models are kept here for the next start
  std::string precision{};                ///< of inference: "f32", "bf16", "f16"
  std::vector<std::string> properties{};  ///< "KEY=VALUE" each, any property of OpenVINO's, applied last

  bool operator==(const CompileOptions&) const = default;
};

/// What the device made of it, as text; "-" where it does not tell. The device is SIMULATED where it only simulates
/// one.
struct DeviceSettings {
  std::string device, hint, streams, threads, precision;
  unsigned optimal_requests = 1;
};

/// Makes the model run on a device. Thread: any. Blocks: while OpenVINO compiles (seconds for large models on GPU).
/// Throws: UsageError for a device or property that does not exist or fit, with what does; Error when compiling fails.
ov::CompiledModel compile(ov::Core& core, const std::shared_ptr<ov::Model>& model, const CompileOptions& options);

/// The settings that a compiled model runs with. Blocks: perhaps, while a stream is busy. Throws: nothing of
/// OpenVINO's.
DeviceSettings settings_of(const ov::CompiledModel& compiled);

/// The name that a command line uses.
std::string to_string(Hint hint);
/// The hint of that name. Throws: UsageError for a name that is none.
Hint parse_hint(const std::string& text);

}  // namespace inflight
