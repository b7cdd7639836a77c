// What OpenVINO can run on here.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <openvino/runtime/core.hpp>

namespace inflight {

/// A device, as OpenVINO names it and as people do.
struct DeviceInfo {
  std::string id;    ///< "GPU.0"
  std::string name;  ///< "Intel(R) Arc(TM) Graphics"
};

/// The physical devices that OpenVINO sees. Blocks: while plugins load.
std::vector<DeviceInfo> available_devices(ov::Core& core);

/// The device of this name, which may be AUTO, HETERO, MULTI or BATCH over others. Blocks: while plugins load.
/// Throws: UsageError, with those that are here, when it is none.
DeviceInfo device_named(ov::Core& core, const std::string& name);

/// The names of `available_devices`, for messages: "CPU, GPU". Blocks: while plugins load.
std::string device_list(ov::Core& core);

/// The plugins behind a device name, each with its version; for a virtual device its own and those behind it. Blocks:
/// while plugins load. Empty when OpenVINO does not know the name.
std::vector<std::pair<std::string, std::string>> plugin_versions(ov::Core& core, const std::string& device);

/// OpenVINO's version, "2026.4.1-22982-abcdef".
std::string openvino_version();

}  // namespace inflight
