// What a device's name says: "HETERO:GPU,CPU" is a virtual device and those behind it.
#pragma once

#include <string>
#include <vector>

#include <openvino/runtime/core.hpp>

namespace inflight {

struct DeviceName {
  std::string text;
  std::string first;                ///< before the colon
  std::vector<std::string> behind;  ///< named after it; none for "AUTO:-GPU", which only leaves one out
  bool is_virtual = false;
};

DeviceName parse_device(const std::string& text);

/// Throws: UsageError, with those that are here, when one of the devices is not; or when none is named and must be.
void check_device(ov::Core& core, const DeviceName& name);

}  // namespace inflight
