// What a measurement was made on and with: enough to tell whether two of them may be compared.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace inflight {

/// Machine, software, model, clip and command. Empty and 0: not known.
struct MachineRecord {
  std::string cpu;
  int cores = 0;            ///< usable by the process
  double quota = 0;         ///< cores that its control group allows; 0: no limit
  std::int64_t memory = 0;  ///< bytes
  std::string kernel;

  std::string inflight, openvino, ffmpeg;  ///< versions
  std::vector<std::pair<std::string, std::string>>
      plugins;  ///< device and version of its plugin, "CPU", "2026.4.1-..."

  std::string model_sha256, clip_sha256;
  std::vector<std::string> command;  ///< with the program's name
};

}  // namespace inflight
