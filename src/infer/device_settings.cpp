// What a compiled model tells about the settings it runs with.
#include <algorithm>
#include <cctype>

#include <openvino/runtime/properties.hpp>

#include "inflight/infer/compile.hpp"
#include "inflight/infer/simulated_accelerator.hpp"

namespace inflight {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

/// A property of the devices behind a virtual one, "2" or, of several devices, "2,1".
std::string property_behind(const ov::CompiledModel& compiled, const std::string& name) {
  std::vector<std::string> values;
  try {
    const ov::Any devices = compiled.get_property(ov::device::properties.name());
    for (const auto& [device, inner] : devices.as<ov::AnyMap>()) {
      const auto& properties = inner.as<ov::AnyMap>();
      const auto found = properties.find(name);
      values.push_back(found == properties.end() ? "-" : found->second.as<std::string>());
    }
  } catch (const std::exception&) {  // a device that has no devices behind it, or does not tell
  }
  return values.empty() ? "-" : joined(values);
}

std::string property(const ov::CompiledModel& compiled, const std::string& name) {
  try {
    return compiled.get_property(name).as<std::string>();
  } catch (const std::exception&) {  // virtual devices don't have every property
    return property_behind(compiled, name);
  }
}

}  // namespace

DeviceSettings settings_of(const ov::CompiledModel& compiled) {
  DeviceSettings settings;
  try {
    settings.device = joined(compiled.get_property(ov::execution_devices));
  } catch (const std::exception&) {
    settings.device = "-";
  }
  // By its name, which no setting can take from it.
  if (property(compiled, ov::model_name.name()).starts_with(simulated_prefix)) {
    settings.device = "SIMULATED (" + settings.device + ")";
  }
  settings.hint = property(compiled, ov::hint::performance_mode.name());
  std::transform(settings.hint.begin(), settings.hint.end(), settings.hint.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  settings.streams = property(compiled, ov::num_streams.name());
  settings.threads = property(compiled, ov::inference_num_threads.name());
  settings.precision = property(compiled, ov::hint::inference_precision.name());
  try {
    settings.optimal_requests = compiled.get_property(ov::optimal_number_of_infer_requests);
  } catch (const std::exception&) {  // one request always works
    settings.optimal_requests = 1;
  }
  return settings;
}

}  // namespace inflight
