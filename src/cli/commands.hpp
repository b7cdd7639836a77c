// The commands of the program, a file each.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace inflight::cli {

/// What every command gets from the program around it.
struct Context {
  std::stop_token stop;                ///< requested by Ctrl-C
  std::vector<std::string> arguments;  ///< of the command line, without the program's name
};

inline constexpr int exit_ok = 0;
inline constexpr int exit_failure = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_regression = 10;
inline constexpr int exit_not_comparable = 11;
inline constexpr int exit_undecided = 12;
inline constexpr int exit_interrupted = 130;

/// Each adds its subcommand to `app`; when that is the one given, its callback stores the exit code in `exit_code`.
void add_compare(CLI::App& app, const Context& context, int& exit_code);
void add_demo(CLI::App& app, const Context& context, int& exit_code);
void add_gate(CLI::App& app, const Context& context, int& exit_code);
void add_devices(CLI::App& app, const Context& context, int& exit_code);
void add_explain(CLI::App& app, const Context& context, int& exit_code);

}  // namespace inflight::cli
