// Several outputs of one long piece of work.
#pragma once

#include <cstdio>
#include <exception>
#include <string>

#include <fmt/format.h>

#include "terminal.hpp"

namespace inflight::cli {

/// What was measured took minutes: an output that fails costs no other. Each is tried, and the first error comes last.
class Outputs {
 public:
  /// `quiet`: standard output belongs to a machine.
  explicit Outputs(bool quiet) : quiet_(quiet) {}

  template <class Give>
  void give(const Give& output) {
    try {
      output();
    } catch (...) {
      if (!first_error_) first_error_ = std::current_exception();
    }
  }

  /// Calls `write(path)` if there is a path, and tells that it was written.
  template <class Write>
  void file(const std::string& path, const Write& write) {
    if (path.empty()) return;
    give([&] {
      write(path);
      written(path);
    });
  }

  /// Nothing but what a machine reads goes where a machine reads.
  void written(const std::string& path) const {
    if (!quiet_) print_now(fmt::format("wrote {}\n", path));
  }

  /// Of what an interruption left out: a file of before must not pass for it.
  void interrupted(const std::string& path) const {
    if (!path.empty()) fmt::print(stderr, "inflight: {} was not written: interrupted\n", path);
  }

  void rethrow_first_error() const {
    if (first_error_) std::rethrow_exception(first_error_);
  }

 private:
  bool quiet_;
  std::exception_ptr first_error_;
};

}  // namespace inflight::cli
