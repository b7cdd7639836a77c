// The program: one subcommand per question. The only place that turns errors into exit codes.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <openvino/core/except.hpp>

#include "commands.hpp"
#include "inflight/base/error.hpp"
#include "inflight/infer/devices.hpp"
#include "inflight/infer/openvino_reason.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "inflight/version.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace {

using namespace inflight;
using namespace inflight::cli;

constexpr const char* footer =
    "Examples:\n"
    "  inflight compare -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight explain -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight demo -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight gate old.json new.json --allow 3%\n"
    "  inflight devices --model face-detection-0200.xml\n"
    "\n"
    "'inflight COMMAND --help' tells all about one command.";

int complain(int exit_code, const std::string& message) {
  fmt::print(stderr, "inflight: {}\n", message);
  return exit_code;
}

int usage(const CLI::App& app, const CLI::ParseError& error) {
  std::string command = "inflight";
  for (const CLI::App* sub : app.get_subcommands()) command += " " + sub->get_name();
  return complain(exit_usage, fmt::format("{}; see '{} --help'", first_line(error.what()), command));
}

/// CLI11 would only say that a command is missing.
void check_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].starts_with('-')) return;
  std::string known;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == arguments[0]) return;
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  throw UsageError(
      fmt::format("there is no command '{}'; choose from {}, or see 'inflight --help'", arguments[0], known));
}

/// How many of the words, the program's name among them, are this program's own: what follows "--" is for the programs
/// that a gate runs.
int own_words(const std::vector<std::string>& arguments) {
  auto end = arguments.end();
  if (!arguments.empty() && arguments.front() == "gate") end = std::ranges::find(arguments, "--");
  return 1 + static_cast<int>(end - arguments.begin());
}

int run(int argc, char** argv) {
  silence_ffmpeg();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone costs no other output; it is an error like any other
  const Interrupt interrupt;
  const Context context{interrupt.token(), {argv + 1, argv + argc}};
  int exit_code = exit_ok;

  CLI::App app("inflight keeps every inference request of an OpenVINO device in flight, and proves it.", "inflight");
  app.set_version_flag("-V,--version", [] {
    return fmt::format("inflight {}\nOpenVINO {}\nFFmpeg {}", version(), openvino_version(), ffmpeg_version());
  });
  app.require_subcommand(1);
  app.footer(footer);
  add_compare(app, context, exit_code);
  add_explain(app, context, exit_code);
  add_demo(app, context, exit_code);
  add_gate(app, context, exit_code);
  add_devices(app, context, exit_code);
  check_command(app, context.arguments);
  try {
    app.parse(own_words(context.arguments), argv);
    print_now("");  // what commands left in the buffer
    return exit_code;
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    return usage(app, error);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const UsageError& error) {
    return complain(exit_usage, error.what());
  } catch (const Interrupted& interrupted) {
    return complain(exit_interrupted, interrupted.what());
  } catch (const ov::Exception& error) {
    return complain(exit_failure, "OpenVINO failed: " + openvino_reason(error));
  } catch (const std::exception& error) {
    return complain(exit_failure, first_line(error.what()));
  }
}
