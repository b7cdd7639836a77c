// The live demonstration: one source, three ways to run, and the picture that shows what each is worth.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/media/camera.hpp"
#include "inflight/sinks/live_view.hpp"
#include "inflight/study/way_options.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// What is shown, and how.
struct LiveDemoOptions {
  std::string input;  ///< a file, which is played again and again, or a live source
  Seconds start{0};   ///< of a file; of a live source there is none
  CameraOptions camera;
  std::int64_t frames = 0;  ///< ends after so many inferred ones; 0: when asked to
  int skip = 0;             ///< frames passed over between two that are inferred
  bool mirror = false;      ///< of the picture, not of what is inferred
  ImageModelOptions model;
  std::vector<std::string> labels;
  float threshold = 0.6F;

  std::vector<WayOptions> ways;  ///< those to choose from
  std::string first_way;         ///< begins with it; empty: with the first
  Seconds cycle{8};              ///< then on to the next way, until somebody chooses one; 0: stays
  Seconds seconds{0};            ///< ends then; 0: when asked to
  double render_fps = 30;        ///< most pictures per second
  bool naive = false;            ///< every frame is drawn in the loop, as first programs do: inference waits for it
};

/// What a demonstration came to.
struct LiveSummary {
  LiveFigures figures;        ///< the last ones
  std::int64_t pictures = 0;  ///< shown
  double picture_rate = 0;    ///< per second, from the first to the last
  double age_p50 = 0;         ///< milliseconds from capture to shown
  double age_p95 = 0;
  Seconds drawing{0};       ///< core time of the thread that draws: scaling, painting, encoding, showing
  Seconds serving{0};       ///< core time of the thread that serves the page
  Seconds wall{0}, cpu{0};  ///< of the run
};

/// Runs every frame of the source through the way that is chosen, and shows the newest result a few times a second.
/// Drawing has a thread of its own, so that it costs inference only cores, never waiting.
class LiveDemo {
 public:
  static constexpr const char* drawing_thread = "draw";  ///< its name for the system
  /// Makes the view that is given these commands to call.
  using MakeView = std::function<std::unique_ptr<LiveView>(LiveCommands)>;

  /// Opens the source, reads and compiles the model for every way. Blocks: meanwhile.
  /// Throws: Error and UsageError as VideoReader, LiveSource, load_image_model and compile.
  LiveDemo(LiveDemoOptions options, Progress& progress, std::stop_token stop);
  ~LiveDemo();

  /// Once. Runs until a viewer quits, the time is up, or stop is requested. `make_view` is called on the drawing
  /// thread, where the view also lives and ends. Blocks: all the while. Throws: what the source or the view throws.
  LiveSummary run(const MakeView& make_view, std::stop_token stop);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
