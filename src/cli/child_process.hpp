// Other programs: run for what they print, or started and left alone.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

namespace inflight::cli {

struct ChildResult {
  bool started = false;
  int exit_code = -1;  ///< -1: not started, or ended by a signal
  std::string output, errors;
};

/// Its standard input is empty. Blocks: until it has ended; it is ended when stop is requested.
ChildResult run_child(const std::string& program, const std::vector<std::string>& arguments,
                      const std::stop_token& stop);

/// Starts a program that goes on by itself, also after this one has ended: in a session of its own, without input, and
/// what it prints is lost. False: it is not there. Blocks: never.
bool start_apart(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace inflight::cli
