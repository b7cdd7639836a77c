// What OpenVINO can run on here.
#pragma once

#include <string>
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

/// The names of `available_devices`, for messages: "CPU, GPU". Blocks: while plugins load.
std::string device_list(ov::Core& core);

/// OpenVINO's version, "2026.4.1-22982-abcdef".
std::string openvino_version();

}  // namespace inflight
