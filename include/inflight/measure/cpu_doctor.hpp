// What about this machine and this process matters for inference on its processors.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace inflight {

/// One thing that was looked at.
struct CpuFinding {
  std::string name;      ///< "quota", "affinity", "other OpenVINO", "thread pools", "governor", "hybrid", "NUMA", "SMT"
  std::string text;      ///< one sentence
  bool matters = false;  ///< it costs speed, or makes figures doubtful
};

/// Looks at quota, affinity, governor, kinds of cores, NUMA, threads of this process, and other processes that have
/// OpenVINO loaded. Says nothing of what the system does not tell. `root`: in place of "/", for tests. Blocks: on
/// /proc and /sys, milliseconds.
std::vector<CpuFinding> examine_cpus(const std::filesystem::path& root = "/");

}  // namespace inflight
