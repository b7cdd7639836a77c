#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "child_process.hpp"
#include "commands.hpp"
#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/report/compare_reader.hpp"
#include "inflight/report/gate_report.hpp"
#include "inflight/study/gate.hpp"
#include "named_file.hpp"
#include "number_range.hpp"
#include "progress_line.hpp"
#include "terminal.hpp"

namespace inflight::cli {
namespace {

using Words = std::vector<std::string>;

constexpr const char* footer =
    "Two records are compared by frames/s over the ceiling of the device, which every record holds: the drift of a\n"
    "machine falls out. Two programs, or two settings of one, are run in turn, and compared pair by pair.\n"
    "\n"
    "Examples:\n"
    "  inflight compare -i street.mp4 -m person.onnx --rounds 40 --frames 60 --brief --json new.json\n"
    "  inflight gate old.json new.json --allow 3% --junit gate.xml --markdown gate.md\n"
    "  inflight gate --versus ../old/build/bin/inflight -- compare -i street.mp4 -m person.onnx --frames 300\n"
    "  inflight gate --versus inflight -- compare -i s.mp4 -m m.xml --streams 1 -- compare -i s.mp4 -m m.xml --streams "
    "2\n"
    "\n"
    "Exit status: 0 nothing became slower by more than is allowed, 10 something did, 11 the two are not comparable,\n"
    "12 undecided; 1 failed, 2 wrong usage, 130 interrupted.";

struct Options {
  Words files;
  std::optional<double> allow;
  std::string versus, junit, markdown;
  double time = 600;
  int pairs = GateRunsOptions().most_pairs;
  std::optional<std::uint64_t> seed;
};

int exit_code_of(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::passed:
      return exit_ok;
    case GateOutcome::regressed:
      return exit_regression;
    case GateOutcome::not_comparable:
      return exit_not_comparable;
    case GateOutcome::undecided:
      break;
  }
  return exit_undecided;
}

/// "3%" or "3": percent.
double share_of(const std::string& text) {
  const std::string number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  constexpr double most = 90;  // what lies beyond is to be found too
  double percent = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), percent);
  if (error != std::errc{} || end != number.data() + number.size() || !(percent >= 0 && percent <= most)) {
    throw UsageError(fmt::format("--allow '{}': give a percentage from 0 to {:g}, such as 3%", text, most));
  }
  return percent / 100;
}

std::string read_file(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // A folder can be opened, and fails when it is read.
  if (!file || !(text << file.rdbuf())) {
    throw Error(path + ": empty, or cannot be read; give what 'inflight compare --json' wrote");
  }
  return std::move(text).str();
}

/// The words after "--", cut at every further one.
std::vector<Words> commands_in(const Words& arguments) {
  std::vector<Words> commands;
  for (const std::string& word : arguments) {
    if (word == "--") {
      commands.emplace_back();
    } else if (!commands.empty()) {
      commands.back().push_back(word);
    }
  }
  return commands;
}

bool has_flag(const Words& words, const std::string& flag) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return word == flag || word.starts_with(flag + "="); });
}

/// The command as the gate runs it: short, and with the record on standard output.
Words as_run(Words command) {
  if (command.empty() || command.front() != "compare") {
    throw UsageError("gate --versus: give the command after '--', such as: -- compare -i street.mp4 -m person.onnx");
  }
  for (const char* flag : {"--json", "--html", "--markdown", "--video"}) {
    if (has_flag(command, flag))
      throw UsageError(fmt::format("gate --versus: leave out {}; the gate reads the records", flag));
  }
  if (!has_flag(command, "--rounds") && !has_flag(command, "--time")) command.insert(command.end(), {"--rounds", "3"});
  command.insert(command.end(), {"--brief", "--json", "-"});
  return command;
}

/// How long rounds are where the command does not tell: a short time for the first run, and its frames for all others,
/// so that all see the same ones however fast they are.
class RoundLength {
 public:
  Words of(Words command) const {
    if (has_flag(command, "--seconds") || has_flag(command, "--frames")) return command;
    if (frames_ > 0) {
      command.insert(command.end(), {"--frames", std::to_string(frames_)});
    } else {
      command.insert(command.end(), {"--seconds", "0.3"});
    }
    return command;
  }
  void learn(const RoundsRecord& rounds) {
    // A clip shorter than a round is repeated, and is the same for all.
    if (frames_ == 0 && rounds.frames_per_round == rounds.unique_frames) frames_ = rounds.unique_frames;
  }

 private:
  std::int64_t frames_ = 0;
};

CompareRecord run_one(const std::string& program, const Words& command, const Context& context) {
  const ChildResult child = run_child(program, command, context.stop);
  if (context.stop.stop_requested()) return {};
  if (!child.started) throw Error(program + ": cannot be started; give the path of a build of inflight");
  if (child.exit_code != 0) {
    std::string reason = first_line(child.errors);
    if (reason.starts_with("inflight: ")) reason.erase(0, 10);
    throw Error(fmt::format("{}: failed: {}", program, reason.empty() ? "it says nothing" : reason));
  }
  if (!child.output.starts_with('{')) throw Error(program + ": wrote no record; is it a build of inflight?");
  return read_compare_json(child.output, program);
}

GateRecord gate_versus(const Options& options, const Context& context) {
  const auto commands = commands_in(context.arguments);
  if (commands.empty() || commands.size() > 2) {
    throw UsageError(
        "gate --versus: give one command after '--', or two, the first for the other program; see 'inflight "
        "gate --help'");
  }
  const Words old_command = as_run(commands.front()), new_command = as_run(commands.back());
  GateRunsOptions runs{.allow = options.allow.value_or(GateRunsOptions().allow),
                       .time = Seconds(options.time),
                       .most_pairs = options.pairs,
                       .seed = options.seed,
                       .same_settings = commands.size() == 1};
  Progress progress;
  const ProgressLine line(progress, false);
  RoundLength length;
  return gate_runs(
      [&](GateSide side) {
        const bool old_side = side == GateSide::old_side;
        CompareRecord one = run_one(old_side ? options.versus : "/proc/self/exe",
                                    length.of(old_side ? old_command : new_command), context);
        length.learn(one.rounds);
        return one;
      },
      runs, progress, context.stop);
}

GateRecord gate_files(const Options& options, const Context& context) {
  if (options.files.size() != 2) {
    throw UsageError(
        "gate: give two records, OLD.json NEW.json, or --versus PATH -- compare ...; see 'inflight gate --help'");
  }
  if (!commands_in(context.arguments).empty())
    throw UsageError("gate: the command after '--' is for --versus PATH; two records need none");
  constexpr double usual_allowance = 0.03;
  const double allow = options.allow.value_or(usual_allowance);
  const auto old_record = read_compare_json(read_file(options.files[0]), options.files[0]);
  const auto new_record = read_compare_json(read_file(options.files[1]), options.files[1]);
  return gate_records(old_record, new_record, allow);
}

void name_sides(const Options& options, const Context& context, GateRecord& record) {
  if (options.versus.empty()) {
    record.old_name = options.files.front();
    record.new_name = options.files.back();
  } else {
    const auto commands = commands_in(context.arguments);
    record.old_name = fmt::format("{} {}", options.versus, fmt::join(commands.front(), " "));
    record.new_name = fmt::format("inflight {}", fmt::join(commands.back(), " "));
  }
}

void write_reports(const Options& options, const GateRecord& record) {
  if (!options.junit.empty()) write_file(options.junit, render_junit(record));
  if (!options.markdown.empty()) write_file(options.markdown, render_markdown(record));
}

int run(const Options& options, const Context& context) {
  if (!options.versus.empty() && !options.files.empty()) {
    throw UsageError(fmt::format("gate: {}: --versus runs two programs and reads no records; leave out one of the two",
                                 options.files.front()));
  }
  std::vector<NamedFile> records;
  for (const std::string& file : options.files) records.push_back({"the comparison", file});
  check_outputs({{"--junit", options.junit}, {"--markdown", options.markdown}}, records);
  GateRecord record;
  try {
    record = options.versus.empty() ? gate_files(options, context) : gate_versus(options, context);
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {  // a verdict of an earlier run must not stand for this one
    record.failure = error.what();
    name_sides(options, context, record);
    write_reports(options, record);
    throw;
  }
  name_sides(options, context, record);
  print_now(render_terminal(record, stdout_style()));
  write_reports(options, record);
  return record.interrupted ? exit_interrupted : exit_code_of(record.outcome);
}

}  // namespace

void add_gate(CLI::App& app, const Context& context, int& exit_code) {
  const auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("gate", "Fail when something became slower, by two records or by running two programs");
  command->add_option("records", options->files, "Two records of 'inflight compare --json', the old one first")
      ->type_name("OLD.json NEW.json");
  const auto allow = [options](const std::string& percent) { options->allow = share_of(percent); };
  command
      ->add_option_function<std::string>("--allow", allow,
                                         "How much slower is no regression; 3% for records, 2% for --versus")
      ->type_name("PERCENT");
  auto* versus = command
                     ->add_option("--versus", options->versus,
                                  "Another build of inflight, the old one; runs it in turn with this one")
                     ->type_name("PATH");
  command->add_option("--time", options->time, "Seconds for all runs of --versus")
      ->type_name("S")
      ->check(numbers_between(1.0, 86'400.0))
      ->capture_default_str()
      ->needs(versus);
  command->add_option("--pairs", options->pairs, "Pairs of runs of --versus, at most")
      ->type_name("N")
      ->check(CLI::Range(8, pairs_limit))
      ->capture_default_str()
      ->needs(versus);
  command->add_option("--seed", options->seed, "Seed of who comes first in a pair; default: another every time")
      ->type_name("N")
      ->needs(versus);
  command->add_option("--junit", options->junit, "Write a test case for each figure as JUnit's XML")->type_name("FILE");
  command->add_option("--markdown", options->markdown, "Write the verdict as Markdown, for a pull request")
      ->type_name("FILE");
  command->footer(footer);
  command->callback([options, &context, &exit_code] { exit_code = run(*options, context); });
}

}  // namespace inflight::cli
