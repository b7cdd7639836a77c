#include <memory>
#include <optional>

#include <fmt/format.h>

#include "added_work.hpp"
#include "commands.hpp"
#include "common_options.hpp"
#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/report/explain_report.hpp"
#include "inflight/report/timeline_picture.hpp"
#include "inflight/report/trace.hpp"
#include "inflight/study/explain.hpp"
#include "inflight/vision/overlay.hpp"
#include "named_file.hpp"
#include "number_range.hpp"
#include "option_group.hpp"
#include "outputs.hpp"
#include "progress_line.hpp"
#include "terminal.hpp"

namespace inflight::cli {
namespace {

constexpr const char* footer =
    "Describe your program with --way, --sink, --rate and the settings of the device;\n"
    "what you see is why it is not as fast as the device alone. The waterfall starts at\n"
    "the device's ceiling (what benchmark_app measures) and puts back one cost at a time;\n"
    "then the limit is named, a change is tried, and the gain of async is told, predicted\n"
    "and reached. With --frames every run has so many frames, all of them the same ones,\n"
    "instead of as many as --time allows.\n"
    "\n"
    "Examples:\n"
    "  inflight explain -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight explain -i street.mp4 -m model.xml --way sync --sink drawing --html why.html\n"
    "  inflight explain -i street.mp4 -m model.xml --rate 30 --requests 1 --json -\n"
    "  inflight explain -i street.mp4 -m model.xml --timeline timeline.png --trace trace.json\n"
    "  inflight explain -i street.mp4 -m model.xml --add decode=2    what if decoding took 2 ms more?\n"
    "\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted (the report tells what whole rounds gave).";

struct Options {
  CommonOptions common;
  std::string way = "queue", sink = "nothing";
  double rate = 0, time = 55;
  int rounds = 9, decoder_threads = 0, callback_threads = 0, render_width = 0;
  bool newest_only = false;
  std::vector<std::string> added;
  std::string json, html, markdown, timeline, trace;

  bool json_to_stdout() const { return json == "-"; }
};

ExplainOptions explain_options(const Options& options) {
  ExplainOptions explain;
  ExplainedProgram& program = explain.program;
  program.input = options.common.input;
  program.start = Seconds(options.common.start);
  program.rate = options.rate;
  program.decoder_threads = options.decoder_threads;
  program.model = image_model_options(options.common);
  program.threshold = static_cast<float>(options.common.threshold);
  if (!options.common.labels.empty()) program.labels = read_labels(options.common.labels);
  program.way = way_options(options.common, options.way);
  if (options.callback_threads > 0 && options.way != "queue")
    throw UsageError(fmt::format("--callback-threads {}: only the queue delivers on threads; give --way queue",
                                 options.callback_threads));
  if (options.render_width > 0 && options.sink != "drawing")
    throw UsageError(fmt::format("--render-width {}: nothing is drawn at a size of its own; give --sink drawing",
                                 options.render_width));
  program.callback_threads = static_cast<std::size_t>(options.callback_threads);
  program.output = options.sink == "video"     ? Output::video
                   : options.sink == "drawing" ? Output::drawing
                                               : Output::nothing;
  program.render_width = options.render_width;
  program.newest_only = options.newest_only;
  for (const std::string& text : options.added) program.added.push_back(parse_added_work(text));
  explain.sync = way_options(options.common, "sync");
  explain.two_requests = way_options(options.common, "two-requests");
  explain.queue = way_options(options.common, "queue");
  explain.time = Seconds(options.time);
  explain.rounds = options.rounds;
  explain.frames = options.common.frames;
  return explain;
}

std::vector<TimelineWay> timeline_ways(const Explanation& explanation) {
  std::vector<TimelineWay> ways;
  ways.reserve(explanation.ways.size());
  for (const WayTimes& way : explanation.ways)
    ways.push_back({.name = way.name, .note = explanation.record.simulated, .frames = way.frames, .shape = way.shape});
  return ways;
}

int run(const Options& options, const Context& context) {
  check_outputs({{"--json", options.json},
                 {"--html", options.html},
                 {"--markdown", options.markdown},
                 {"--timeline", options.timeline, FileFormat::png},
                 {"--trace", options.trace}},
                files_read(options.common));
  Progress progress;
  std::optional<ProgressLine> line(std::in_place, progress, false);
  ExplainOptions wanted = explain_options(options);
  wanted.command = context.arguments;
  const Explanation explanation = explain(wanted, progress, context.stop);
  line.reset();

  const ExplainRecord& record = explanation.record;
  const std::vector<TimelineWay> ways = timeline_ways(explanation);
  Outputs outputs(options.json_to_stdout());
  if (options.json_to_stdout()) {
    outputs.give([&] { print_now(render_json(record)); });
  } else {
    outputs.give([&] { print_now(render_terminal(record, stdout_style())); });
    outputs.file(options.json, [&](const std::string& path) { write_file(path, render_json(record)); });
  }
  outputs.file(options.html,
               [&](const std::string& path) { write_file(path, render_html(record, timeline_figure(ways))); });
  outputs.file(options.markdown, [&](const std::string& path) { write_file(path, render_markdown(record)); });
  if (ways.empty()) {
    outputs.interrupted(options.timeline);
    outputs.interrupted(options.trace);
  } else {
    outputs.file(options.timeline, [&](const std::string& path) { write_timeline_png(path, ways); });
    outputs.file(options.trace, [&](const std::string& path) { write_trace(path, ways); });
  }
  outputs.rethrow_first_error();
  return context.stop.stop_requested() ? exit_interrupted : exit_ok;
}

void add_program_options(CLI::App& command, Options& options) {
  OptionGroup program(command, "Program");
  program.add("--way", options.way, "sync|two-requests|queue", "How the program runs")
      ->check(CLI::IsMember(way_names()))
      ->capture_default_str();
  program
      .add("--sink", options.sink, "nothing|drawing|video",
           "What it does with results: count them, draw every frame, or write a video")
      ->check(CLI::IsMember({"nothing", "drawing", "video"}))
      ->capture_default_str();
  program.add("--render-width", options.render_width, "PX", "Width of what --sink drawing draws; else the frame's own")
      ->check(CLI::Range(1, 16384));
  program.add_flag("--newest-only", options.newest_only, "The sink has a thread of its own and gets the newest result");
  program.add("--rate", options.rate, "FPS", "Frames come at this pace, as from a camera; else as fast as they decode")
      ->check(numbers_between(0.1, 100000.0));
  const auto threads = CLI::Range(1, 64);
  program.add("--decoder-threads", options.decoder_threads, "N", "Threads that decode; else by picture size and cores")
      ->check(threads);
  program
      .add("--callback-threads", options.callback_threads, "N",
           "Threads that read outputs; else OpenVINO's one callback thread does")
      ->check(threads);
  program
      .add("--add", options.added, "STAGE=MS[:wait]",
           "Work added to a stage of every frame (decode, fill, callback, sink, draw), busy or :wait")
      ->expected(1)
      ->take_all();
}

void add_report_options(CLI::App& command, Options& options) {
  OptionGroup report(command, "Explanation");
  report.add("--time", options.time, "S", "About how long all runs take")
      ->check(numbers_between(0.1, 3600.0))
      ->capture_default_str();
  report.add("--rounds", options.rounds, "N", "Rounds; in each, every step runs once")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  report.add("--json", options.json, "FILE", "Write the record as JSON; - for standard output");
  report.add("--html", options.html, "FILE", "Write the report as one page, with charts and the timeline");
  report.add("--markdown", options.markdown, "FILE", "Write the report for a pull request");
  report.add("--timeline", options.timeline, "PNG", "Write a picture of some 60 ms of every way");
  report.add("--trace", options.trace, "JSON", "Write whole runs as a trace for ui.perfetto.dev");
}

}  // namespace

void add_explain(CLI::App& app, const Context& context, int& exit_code) {
  const auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("explain", "Tell where every millisecond goes, what is the limit, and what would help");
  add_input_options(*command, options->common,
                    {.frames = "Frames of every run, the same ones; else as many as there is --time for",
                     .loop = "A clip begins again at its end, as it does here anyway"});
  add_model_options(*command, options->common, true);
  add_simulation_option(*command, options->common);
  add_program_options(*command, *options);
  add_report_options(*command, *options);
  command->footer(footer);
  command->callback([options, &context, &exit_code] { exit_code = run(*options, context); });
}

}  // namespace inflight::cli
