// Takes down what a measurement is made on and with.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <openvino/runtime/core.hpp>

#include "inflight/report/machine_record.hpp"

namespace inflight {

/// What to look at besides the machine.
struct FingerprintOf {
  std::vector<std::string> devices;
  std::string model, clip;           ///< paths
  std::vector<std::string> command;  ///< arguments, without the program's name
};

/// Blocks: while it reads model and clip; when stop is requested, their hashes stay empty.
MachineRecord take_fingerprint(ov::Core& core, const FingerprintOf& of, const std::stop_token& stop);

}  // namespace inflight
