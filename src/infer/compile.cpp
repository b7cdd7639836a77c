#include "inflight/infer/compile.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

#include <openvino/runtime/properties.hpp>

#include "device_name.hpp"
#include "inflight/base/error.hpp"
#include "inflight/infer/openvino_reason.hpp"

namespace inflight {
namespace {

ov::hint::PerformanceMode mode_of(Hint hint) {
  switch (hint) {
    case Hint::latency:
      return ov::hint::PerformanceMode::LATENCY;
    case Hint::throughput:
      return ov::hint::PerformanceMode::THROUGHPUT;
    default:
      return ov::hint::PerformanceMode::CUMULATIVE_THROUGHPUT;
  }
}

/// Settings of the device that computes, as opposed to those that a virtual one takes as well.
ov::AnyMap computing_properties(const CompileOptions& options) {
  if (options.streams < 0) throw UsageError("--streams " + std::to_string(options.streams) + ": give 1 or more");
  if (options.threads < 0) throw UsageError("--threads " + std::to_string(options.threads) + ": give 1 or more");
  ov::AnyMap properties;
  if (options.streams > 0) properties.insert(ov::num_streams(options.streams));
  if (options.threads > 0) properties.insert(ov::inference_num_threads(options.threads));
  if (!options.precision.empty()) properties[ov::hint::inference_precision.name()] = options.precision;
  return properties;
}

ov::AnyMap common_properties(const CompileOptions& options) {
  ov::AnyMap properties;
  if (options.hint != Hint::none) properties.insert(ov::hint::performance_mode(mode_of(options.hint)));
  if (!options.cache_dir.empty()) properties.insert(ov::cache_dir(options.cache_dir));
  return properties;
}

ov::AnyMap further_properties(const CompileOptions& options) {
  ov::AnyMap properties;
  for (const std::string& pair : options.properties) {
    const auto equals = pair.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw UsageError("--property '" + pair + "': give KEY=VALUE, for example ENABLE_CPU_PINNING=NO");
    }
    properties[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return properties;
}

/// All of them, in the form that the device takes.
ov::AnyMap properties_for(const DeviceName& device, const CompileOptions& options) {
  ov::AnyMap properties = common_properties(options);
  const ov::AnyMap computing = computing_properties(options);
  if (!device.is_virtual || device.first == "BATCH") {
    properties.insert(computing.begin(), computing.end());
  } else if (!computing.empty()) {
    // The other virtual devices take these only for the devices behind them, by name.
    if (device.behind.empty()) {
      throw UsageError("--device " + device.text + ": streams, threads and precision are settings of the devices " +
                       "behind it; name them, for example " + device.first + ":CPU");
    }
    for (const std::string& behind : device.behind) properties.insert(ov::device::properties(behind, computing));
  }
  for (const auto& [key, value] : further_properties(options)) properties[key] = value;
  return properties;
}

/// A physical device refuses a property that it does not know. A virtual one is silent, and a slip would go unnoticed.
void check_property_names(ov::Core& core, const DeviceName& device, const CompileOptions& options) {
  if (!device.is_virtual) return;
  std::vector<std::string> devices = device.behind.empty() ? core.get_available_devices() : device.behind;
  devices.push_back(device.first);
  // What OpenVINO takes itself, whatever the device.
  std::vector<std::string> known{ov::cache_dir.name(), ov::cache_mode.name(), ov::enable_mmap.name(),
                                 ov::hint::allow_auto_batching.name()};
  for (const std::string& id : devices) {
    for (const auto& property : core.get_property(id, ov::supported_properties)) known.push_back(property);
  }
  for (const auto& [key, value] : further_properties(options)) {
    if (key.starts_with(ov::device::properties.name())) continue;  // DEVICE_PROPERTIES_CPU={...}
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw UsageError("--device " + device.text + " does not take " + key + "=" + value.as<std::string>() +
                     ": neither it nor the devices behind it know " + key);
  }
}

/// OpenVINO says nothing and caches nothing when this is not a folder.
void check_cache_dir(const std::string& path) {
  if (path.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!std::filesystem::is_directory(path, error)) {
    throw UsageError("--cache-dir " + path + ": there is no such folder and it cannot be made; name another");
  }
}

bool has_word(const std::string& text, const std::string& word) {
  const auto in_word = [&](std::size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_');
  };
  for (auto at = text.find(word); !word.empty() && at != std::string::npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !in_word(at - 1)) && !in_word(at + word.size())) return true;
  }
  return false;
}

/// OpenVINO has one type of exception for everything. A property is to blame when the message names it; else one that
/// the user spelled out, when the reason cites its value.
[[noreturn]] void throw_compile_error(const CompileOptions& options, const std::exception& error) {
  const std::string message = error.what();
  const std::string reason = openvino_reason(error);
  const auto blame = [&](const std::string& key, const std::string& value) {
    throw UsageError("--device " + options.device + " does not take " + key + "=" + value + ": " + reason);
  };
  std::string asked;
  for (const ov::AnyMap& properties :
       {further_properties(options), common_properties(options), computing_properties(options)}) {
    for (const auto& [key, any] : properties) {
      const auto value = any.as<std::string>();
      if (has_word(message, key)) blame(key, value);
      asked += " " + key + "=" + value;
    }
  }
  for (const auto& [key, any] : further_properties(options)) {
    const auto value = any.as<std::string>();
    if (has_word(reason, value)) blame(key, value);
  }
  throw Error("compiling for " + options.device + " failed" + (asked.empty() ? "" : " with" + asked) + ": " + reason);
}

}  // namespace

ov::CompiledModel compile(ov::Core& core, const std::shared_ptr<ov::Model>& model, const CompileOptions& options) {
  if (!model) throw Error("there is no model to compile; read one first");
  const DeviceName device = parse_device(options.device);
  check_device(core, device);
  check_property_names(core, device, options);
  const ov::AnyMap properties = properties_for(device, options);
  check_cache_dir(options.cache_dir);
  try {
    return core.compile_model(model, options.device, properties);
  } catch (const std::exception& error) {
    throw_compile_error(options, error);
  }
}

std::string to_string(Hint hint) {
  switch (hint) {
    case Hint::latency:
      return "latency";
    case Hint::throughput:
      return "throughput";
    case Hint::cumulative_throughput:
      return "cumulative_throughput";
    case Hint::none:
      return "none";
  }
  return "none";
}

Hint parse_hint(const std::string& text) {
  for (const Hint hint : {Hint::latency, Hint::throughput, Hint::cumulative_throughput, Hint::none}) {
    if (text == to_string(hint)) return hint;
  }
  throw UsageError("--hint " + text + ": choose latency, throughput, cumulative_throughput or none");
}

}  // namespace inflight
