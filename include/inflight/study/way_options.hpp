// The ways to run by name, and what each asks of the device.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inflight/infer/compile.hpp"

namespace inflight {

/// A way to run and what it asks of the device.
struct WayOptions {
  std::string name;  ///< one of `way_names()`
  CompileOptions compile;
  std::size_t requests = 0;  ///< of the queue; 0: twice the device's optimal number

  bool operator==(const WayOptions&) const = default;
};

/// "sync", "two-requests", "queue".
std::vector<std::string> way_names();

}  // namespace inflight
