#include <algorithm>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "added_work.hpp"
#include "commands.hpp"
#include "common_options.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/report/compare_report.hpp"
#include "inflight/study/compare.hpp"
#include "inflight/vision/overlay.hpp"
#include "named_file.hpp"
#include "number_range.hpp"
#include "option_group.hpp"
#include "outputs.hpp"
#include "peak_memory.hpp"
#include "progress_line.hpp"
#include "terminal.hpp"

namespace inflight::cli {
namespace {

constexpr std::uint64_t most_seed = std::uint64_t{1} << 53U;  // which every reader of JSON holds exactly

constexpr const char* footer =
    "Hint, streams and threads may differ by way: --hint latency is for all ways, --hint queue=throughput,sync=none\n"
    "for some. Without --hint, sync and two-requests are compiled for latency, the queue for throughput.\n"
    "\n"
    "Examples:\n"
    "  inflight compare -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight compare -i street.mp4 -m person.onnx --ways sync,queue --time 120 --html report.html\n"
    "  inflight compare -i street.mp4 -m person.onnx --frames 300 --json new.json --markdown new.md\n"
    "  inflight compare -i street.mp4 -m model.xml --model-type raw --streams queue=8 --requests 32 --json -\n"
    "\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted (the report tells what whole rounds gave).";

struct Options {
  CommonOptions common;
  std::vector<std::string> ways = way_names();
  std::optional<int> rounds;
  std::optional<double> time;
  std::optional<std::uint64_t> seed;
  double seconds = 1;
  bool brief = false;
  std::string json, html, markdown, video;
  std::vector<std::string> added;
  std::string peak_memory_of;  ///< of the child process: run this way alone and print its peak memory

  bool json_to_stdout() const { return json == "-"; }
};

CompareOptions compare_options(const Options& options) {
  CompareOptions compare;
  compare.input = options.common.input;
  compare.start = Seconds(options.common.start);
  compare.loop = options.common.loop;
  compare.frames = options.common.frames;
  compare.seconds = Seconds(options.seconds);
  compare.rounds = options.rounds;
  constexpr Seconds usual_time{60};
  if (options.time) {
    compare.time = Seconds(*options.time);
  } else if (!options.rounds) {
    compare.time = usual_time;
  }
  compare.seed = options.seed;
  compare.threshold = static_cast<float>(options.common.threshold);
  compare.model = image_model_options(options.common);
  if (!options.common.labels.empty()) compare.labels = read_labels(options.common.labels);
  for (const std::string& way : options.ways) compare.ways.push_back(way_options(options.common, way));
  for (const std::string& work : options.added) compare.added.push_back(parse_added_work(work));
  return compare;
}

int print_peak_memory(Options options, const Context& context) {
  options.ways = {options.peak_memory_of};
  Progress progress;
  Comparison comparison(compare_options(options), progress);
  comparison.run_once(context.stop);
  fmt::print("{}\n", peak_resident_memory());
  return exit_ok;
}

/// For the picture: what runs here, and how fast.
std::string caption_of(const CompareRecord& record) {
  const auto fastest = std::max_element(record.ways.begin(), record.ways.end(),
                                        [](const auto& a, const auto& b) { return a.fps.median < b.fps.median; });
  std::string caption =
      fmt::format("{}{}: {:.0f} fps", record.simulated.empty() ? "" : "SIMULATED ", fastest->name, fastest->fps.median);
  if (fastest->ratio_to_sync.median > 0) caption += fmt::format(", {:.1f} x sync", fastest->ratio_to_sync.median);
  return caption;
}

/// Leaves nothing in a buffer: what was measured is out before anything else can fail or be interrupted.
void give_report(const Options& options, const CompareRecord& record, Outputs& outputs) {
  const auto give_file = [&](const std::string& path, const auto& render) {
    outputs.file(path, [&](const std::string& file) { write_file(file, render()); });
  };
  const auto json = [&] { return render_json(record); };
  if (options.json_to_stdout()) {
    outputs.give([&] { print_now(json()); });
  } else {
    outputs.give([&] { print_now(render_terminal(record, stdout_style())); });
    give_file(options.json, json);
  }
  give_file(options.html, [&] { return render_html(record); });
  give_file(options.markdown, [&] { return render_markdown(record); });
}

int run(const Options& options, const Context& context) {
  if (!options.peak_memory_of.empty()) return print_peak_memory(options, context);
  check_outputs({{"--json", options.json},
                 {"--html", options.html},
                 {"--markdown", options.markdown},
                 {"--video", options.video, FileFormat::mp4}},
                files_read(options.common));
  CompareOptions compare = compare_options(options);
  compare.command = context.arguments;
  compare.alike = way_options(options.common, "queue");
  compare.brief = options.brief;
  if (!options.brief)
    compare.peak_memory = [&context](const std::string& way) {
      std::vector<std::string> arguments = context.arguments;
      arguments.insert(arguments.end(), {"--peak-memory-of", way});
      return number_from_child(arguments, context.stop);
    };

  Progress progress;
  std::optional<ProgressLine> line(std::in_place, progress, false);
  Comparison comparison(std::move(compare), progress, context.stop);
  const CompareRecord record = comparison.run(context.stop);
  line.reset();
  Outputs outputs(options.json_to_stdout());
  give_report(options, record, outputs);

  if (!options.video.empty()) {
    outputs.give([&] {
      line.emplace(progress, false);
      const bool written =
          !context.stop.stop_requested() && comparison.write_video(options.video, caption_of(record), context.stop);
      line.reset();
      written ? outputs.written(options.video) : outputs.interrupted(options.video);
    });
  }
  outputs.rethrow_first_error();
  return context.stop.stop_requested() ? exit_interrupted : exit_ok;
}

void add_comparison_options(CLI::App& command, Options& options) {
  OptionGroup group(command, "Comparison");
  group.add("--ways", options.ways, "sync,two-requests,queue", "Ways to compare")
      ->delimiter(',')
      ->check(CLI::IsMember(way_names()));
  group
      .add("--rounds", options.rounds, "N",
           "Measured rounds; in each, every way runs once. Default: at least 7, until the intervals of the ratios\n"
           "are under +-2 % or the time is up")
      ->check(CLI::Range(1, rounds_limit));
  group.add("--time", options.time, "S", "Seconds for all rounds; without --rounds: 60")
      ->check(numbers_between(0.001, 86'400.0));
  group.add_flag("--brief", options.brief,
                 "Measure the ways at their best and the ceiling only: no like for like, no memory, no compiling with\n"
                 "a cache");
  group.add("--seed", options.seed, "N", "Seed of the random order of the ways; default: another every time")
      ->check(CLI::Range(std::uint64_t{0}, most_seed));
  group
      .add("--seconds", options.seconds, "S",
           "About how long a round of the first way takes; short clips repeat. --frames sets it by number")
      ->check(numbers_between(0.1, 3600.0))
      ->capture_default_str();
  group.add("--json", options.json, "FILE", "Write the record as JSON; - for standard output");
  group.add("--html", options.html, "FILE", "Write the report as one page");
  group.add("--markdown", options.markdown, "FILE", "Write the report as Markdown, for a pull request");
  group.add("--video", options.video, "FILE", "Write the clip with what was found, H.264 MP4");
}

}  // namespace

void add_compare(CLI::App& app, const Context& context, int& exit_code) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("compare", "Measure sync, two requests and the queue on the same frames");
  add_input_options(*command, options->common);
  add_model_options(*command, options->common, true);
  add_simulation_option(*command, options->common);
  add_comparison_options(*command, *options);
  command->add_option("--peak-memory-of", options->peak_memory_of)->group("");
  command->add_option("--add", options->added)->group("");  // planted work, for trials of compare and gate
  command->footer(footer);
  command->callback([options, &context, &exit_code] { exit_code = run(*options, context); });
}

}  // namespace inflight::cli
