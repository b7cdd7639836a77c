// One line at the bottom of the terminal: what runs, how far, how fast, how long still.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "inflight/base/progress.hpp"

namespace inflight::cli {

/// Shows `progress` on standard error a few times a second while it lives, and leaves the line empty. Does nothing
/// when standard error is no terminal, or `quiet`.
class ProgressLine {
 public:
  ProgressLine(const Progress& progress, bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// "round 2 of 7, queue  512/750  731 frames/s  0:04 left"
  static std::string text(const Progress::Snapshot& snapshot);

 private:
  void show(std::stop_token stop);

  const Progress& progress_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace inflight::cli
