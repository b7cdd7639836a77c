#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "commands.hpp"
#include "common_options.hpp"
#include "demo_summary.hpp"
#include "demo_views.hpp"
#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/study/live_demo.hpp"
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
    "Keys of window and page, which has buttons for them too: s sync, t two requests, a queue (all in flight),\n"
    "+ and - requests of the queue, l throughput or latency hint, space pauses, r restarts the clip, q ends; in the\n"
    "window so does ESC.\n"
    "\n"
    "Inputs: a file (played again and again), a folder of images, a camera (0 or /dev/video0), rtsp:// and http(s)://\n"
    "addresses, lavfi:GRAPH, or FORMAT:NAME for any other capture device of FFmpeg's. Of live ones always the newest\n"
    "frame is inferred, and what came meanwhile is counted as dropped.\n"
    "\n"
    "Examples:\n"
    "  inflight demo -i street.mp4 -m face-detection-0200.xml\n"
    "  inflight demo -i 0 -m face-detection-0200.xml --flip --camera-size 1280x720 --camera-format mjpeg\n"
    "  inflight demo -i rtsp://camera/stream -m model.xml --view web --open\n"
    "  inflight demo -i street.mp4 -m model.xml --view none --output demo.mp4 --seconds 20\n"
    "  inflight demo -i street.mp4 -m model.xml --requests 32 --threads 16 --streams 8 --cache-dir cache\n"
    "\n"
    "Exit status: 0 ended as asked, 1 failed, 2 wrong usage, 130 interrupted (the summary tells what there was).";

struct Options {
  CommonOptions common;
  DemoViewOptions view;
  std::string way;
  double cycle = 8;
  double seconds = 0;
  int skip = 0;
  bool flip = false, naive = false;
  CameraOptions camera;
  std::string camera_size;
  std::string json;

  bool json_to_stdout() const { return json == "-"; }
};

LiveDemoOptions demo_options(const Options& options) {
  LiveDemoOptions demo;
  demo.input = options.common.input;
  demo.start = Seconds(options.common.start);
  demo.frames = options.common.frames;
  demo.camera = options.camera;
  if (!options.camera_size.empty()) {
    const Size size = size_in("--camera-size", options.camera_size);
    demo.camera.width = size.width;
    demo.camera.height = size.height;
  }
  demo.skip = options.skip;
  demo.mirror = options.flip;
  demo.model = image_model_options(options.common);
  if (!options.common.labels.empty()) demo.labels = read_labels(options.common.labels);
  demo.threshold = static_cast<float>(options.common.threshold);
  for (const std::string& way : way_names()) demo.ways.push_back(way_options(options.common, way));
  demo.first_way = options.way;
  demo.cycle = options.way.empty() ? Seconds(options.cycle) : Seconds(0);
  demo.seconds = Seconds(options.seconds);
  demo.render_fps = options.view.render_fps;
  demo.naive = options.naive;
  return demo;
}

void check(const Options& options) {
  if (options.naive && !options.view.output.empty())
    throw UsageError("--naive draws as fast as it infers, and a video has one rate: leave --output or --naive out");
  if (options.naive && options.view.kind == "none")
    throw UsageError("--naive draws every frame, and --view none shows none: leave one of them out");
  if (options.view.kind == "none" && options.seconds == 0 && options.common.frames == 0 &&
      options.view.output.empty() && options.json.empty())
    throw UsageError("--view none shows nothing: give --output FILE, --json FILE, --seconds N or --frames N");
  check_outputs({{"--json", options.json}, {"--output", options.view.output, FileFormat::mp4}},
                files_read(options.common));
}

int run(Options options, const Context& context) {
  settle_view(options.view);
  check(options);
  require_view(options.view);
  Progress progress;
  std::optional<ProgressLine> line(std::in_place, progress, false);
  LiveDemo demo(demo_options(options), progress, context.stop);
  const auto announce = [&](const std::string& text) {
    line.reset();
    if (!options.json_to_stdout()) return print_now(text);
    std::fputs(text.c_str(), stderr);  // standard output is for the summary alone
  };
  const bool endless = options.seconds == 0 && options.common.frames == 0;
  const LiveSummary summary =
      demo.run([&](LiveCommands commands) { return make_views(options.view, std::move(commands), endless, announce); },
               context.stop);
  line.reset();
  Outputs outputs(options.json_to_stdout());
  if (options.json_to_stdout()) {
    outputs.give([&] { print_now(render_json(summary) + "\n"); });
  } else {
    outputs.give([&] { print_now(render_terminal(summary)); });
    outputs.file(options.json, [&](const std::string& path) { write_file(path, render_json(summary) + "\n"); });
    outputs.file(options.view.output, [](const std::string&) {});  // complete since its view ended
  }
  outputs.rethrow_first_error();
  return context.stop.stop_requested() ? exit_interrupted : exit_ok;
}

void add_demo_options(CLI::App& command, Options& options) {
  OptionGroup demo(command, "Demonstration"), camera(command, "Camera");
  demo.add("--way", options.way, "sync|two-requests|queue",
           "Runs this way and stays; else begins with sync and goes round")
      ->check(CLI::IsMember(way_names()));
  demo.add("--cycle", options.cycle, "TIME",
           "Time of a way until the next one, while nobody chooses, in ms, s or min; 0 stays")
      ->transform(times_up_to(86400))
      ->default_str("8s");
  demo.add("--seconds", options.seconds, "S", "Ends after this time; without, when asked to")
      ->check(numbers_between(0.1, 1e6));
  demo.add("--skip", options.skip, "N", "Frames passed over between two that are inferred")->check(CLI::Range(0, 1000));
  demo.add_flag("--flip", options.flip, "Mirrors the picture, as one expects of a camera that looks at oneself");
  demo.add_flag("--naive", options.naive,
                "Draws every frame in the inference loop, as first programs do, to show what that costs");
  demo.add("--json", options.json, "FILE", "Write the summary as JSON; - for standard output");
  camera.add("--camera-size", options.camera_size, "WxH", "Size to ask of a camera");
  camera.add("--camera-rate", options.camera.frame_rate, "R", "Frames per second to ask of a camera")
      ->check(numbers_between(0.1, 1000.0));
  camera.add("--camera-format", options.camera.format, "mjpeg|yuyv422|...",
             "Format to ask of a camera, as FFmpeg calls it");
}

}  // namespace

void add_demo(CLI::App& app, const Context& context, int& exit_code) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("demo", "See live what asynchronous inference buys: window, page or file");
  add_input_options(*command, options->common,
                    {.type = "SOURCE",
                     .input = "Video file, folder of pictures, camera, stream or device; see below",
                     .frames = "Ends after so many inferred frames; without, when asked to",
                     .start = "Begins at this time of a clip, each time around",
                     .loop = "A clip begins again at its end, as it does here anyway"});
  add_model_options(*command, options->common, true);
  add_view_options(*command, options->view);
  add_demo_options(*command, *options);
  command->footer(footer);
  command->callback([options, &context, &exit_code] { exit_code = run(*options, context); });
}

}  // namespace inflight::cli
