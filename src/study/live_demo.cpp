#include "inflight/study/live_demo.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "inflight/base/error.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/measure/thread_times.hpp"
#include "inflight/media/live_source.hpp"
#include "inflight/sinks/web_view.hpp"
#include "live_control.hpp"
#include "live_input.hpp"
#include "live_meter.hpp"
#include "live_renderer.hpp"
#include "live_sink.hpp"
#include "live_ways.hpp"
#include "run_parts.hpp"

namespace inflight {
namespace {

/// Frames per second of a way without a source that it waits for.
double speed_of(Pipeline& pipeline, const Frame& frame) {
  constexpr Seconds enough{0.3};
  StillSource endless(frame);
  LimitedSource source(endless, {enough});
  NullSink sink;
  const ProcessMeter meter;
  const RunCounts counts = pipeline.run(source, sink, {});
  return static_cast<double>(counts.delivered) / meter.wall().count();
}

/// What a way could do with these settings if the source did not bound it.
struct Ceiling {
  std::size_t way;
  Hint hint;
  std::size_t requests;
  double fps;
};

Size size_of(const VideoInfo& info) { return {info.width, info.height}; }

}  // namespace

class LiveDemo::Impl {
 public:
  Impl(LiveDemoOptions options, Progress& progress, std::stop_token stop)
      : options_(std::move(options)),
        progress_(progress),
        stop_(std::move(stop), [this] { ending_.request_stop(); }),
        input_((progress.begin("opening the source", 0), LiveInput(options_, ending_.get_token()))),
        model_(
            (progress.begin("reading the model", 0), load_image_model(core_, options_.model, size_of(input_.info())))),
        ways_(options_, model_, core_, progress) {
    if (options_.labels.empty()) options_.labels = model_.adapter->labels();
  }

  LiveSummary run(const MakeView& make_view, const std::stop_token& stop) {
    const std::stop_callback from_outside(stop, [this] { ending_.request_stop(); });
    LiveControl control(options_.ways, options_.first_way, options_.cycle, ending_.get_token());
    LiveSink sink(options_.naive);
    measure_ceilings(ending_.get_token());
    begin();
    LiveRenderer renderer({.make_view = make_view,
                           .commands = [&](LiveCommand command) { obey(command, control); },
                           .watched = [&](bool watched) { control.watch(watched); },
                           .figures =
                               [&] {
                                 end_when_over();
                                 control.tick(Clock::now(), stands());
                                 return look(sink);
                               },
                           .labels = options_.labels,
                           .mirror = options_.mirror,
                           .fps = options_.render_fps},
                          sink, [this] { ending_.request_stop(); });
    std::string reason = "it was stopped";
    try {
      while (!ending_.stop_requested()) {
        run_way(control, sink);
        if (input_.ended()) end(fmt::format("its {} frames are through", options_.frames));
      }
    } catch (const std::exception& error) {
      reason = first_line(error.what());
      renderer.finish(reason);
      throw;
    }
    {
      const std::lock_guard lock(mutex_);
      if (!reason_.empty()) reason = reason_;
    }
    const Seconds wall = meter_->wall(), cpu = meter_->cpu();  // before the viewers' farewell, which may take a second
    renderer.finish(reason);
    return summary(renderer, wall, cpu);
  }

 private:
  void begin() {
    began_ = Clock::now();
    meter_.emplace();
    figures_.cores = usable_cores();
    figures_.live = input_.live();
    figures_.source = input_name(options_.input);
    figures_.model = model_.name;
    for (const WayOptions& way : options_.ways) figures_.ways.push_back({.name = way.name});
  }

  /// What the ways could do if the source did not bound them.
  void measure_ceilings(const std::stop_token& stop) {
    if (!input_.live()) return;
    Frame frame;
    input_.begin_run(stop);
    if (input_.read_uncounted(frame) != ReadOutcome::frame) return;
    for (std::size_t way = 0; way < options_.ways.size() && !stop.stop_requested(); ++way) {
      progress_.begin(fmt::format("measuring {}", options_.ways[way].name), 0);
      const WayOptions& wanted = options_.ways[way];
      Pipeline& pipeline = ways_.pipeline_for({1, way, wanted.compile.hint, wanted.requests, false, {}});
      const double fps = speed_of(pipeline, frame);
      could_do_.push_back({way, wanted.compile.hint, pipeline.requests(), fps});
    }
  }

  void run_way(LiveControl& control, LiveSink& sink) {
    const LiveRun run = control.begin_run();
    Pipeline& pipeline = ways_.pipeline_for(run);
    control.has_requests(run, pipeline.requests());
    {
      const std::lock_guard lock(mutex_);
      run_ = run;
      run_.requests = pipeline.requests();
      device_ = ways_.device(run);
    }
    input_.begin_run(run.stop);
    sink.begin_run(run.stop);
    KeepingSource unwatched(input_, sink);
    FrameSource& source = run.watched ? static_cast<FrameSource&>(input_) : unwatched;
    pipeline.run(source, sink, run.stop, {.keep_frames = run.watched});
  }

  void obey(LiveCommand command, LiveControl& control) {
    switch (command) {
      case LiveCommand::pause:
        return input_.pause(!input_.paused());
      case LiveCommand::restart:
        return input_.restart();
      case LiveCommand::quit:
        return end("a viewer ended it");
      default:
        return control.command(command);
    }
  }

  void end_when_over() {
    if (options_.seconds.count() > 0 && Clock::now() - began_ >= options_.seconds)
      end(fmt::format("its {} seconds are over", options_.seconds.count()));
  }

  void end(std::string reason) {
    {
      const std::lock_guard lock(mutex_);
      if (reason_.empty()) reason_ = std::move(reason);
    }
    ending_.request_stop();
  }

  /// Whether nothing is to come: paused, or the source is lost.
  bool stands() const { return input_.paused() || (input_.live() ? !input_.state().connected : clip_hangs()); }
  bool clip_hangs() const { return input_.waited() > Seconds(2); }

  /// The figures now. On the drawing thread.
  const LiveFigures& look(LiveSink& sink) {
    const TimePoint now = Clock::now();
    {
      const std::lock_guard lock(mutex_);
      if (run_.number != seen_.number) {
        seen_ = run_;
        speed_.begin_run(run_.way);
        figures_.running = run_.way;
        figures_.hint = to_string(run_.hint);
        figures_.device = device_;
      }
    }
    figures_.frames = sink.delivered();
    figures_.failed = sink.failed();
    speed_.look(now, figures_.frames, sink.take_latencies(), stands());
    speed_.tell(figures_);
    const LiveWays::Requests requests = ways_.requests();
    figures_.in_flight = requests.in_flight;
    figures_.requests = requests.all;
    figures_.paused = input_.paused();
    figures_.seconds = Seconds(now - began_).count();
    figures_.message.clear();
    if (input_.live()) {
      look_at_source();
    } else if (clip_hangs()) {
      figures_.message = figures_.source + ": gives nothing; waiting for it to go on";
    }
    return figures_;
  }

  void look_at_source() {
    const LiveSourceState state = input_.state();
    figures_.source_fps = state.frame_rate;
    figures_.dropped = state.dropped;
    if (!state.connected) {
      figures_.message = fmt::format("{}; waiting for it to come back", state.reason);
    } else if (state.frame_rate > 0) {
      figures_.message = what_bounds(state.frame_rate);
    }
  }

  /// One line when that is the source, which gives so many frames per second; else empty.
  std::string what_bounds(double source) const {
    const std::string& way = figures_.ways[figures_.running].name;
    const auto same = [this](const Ceiling& ceiling) {
      return ceiling.way == seen_.way && ceiling.hint == seen_.hint && ceiling.requests == seen_.requests;
    };
    if (const auto known = std::ranges::find_if(could_do_, same); known != could_do_.end()) {
      constexpr double clearly = 1.1;
      if (known->fps <= clearly * source) return "";
      return fmt::format("source-bound: it gives {:.0f}/s, {} could do {:.0f}/s", source, way, known->fps);
    }
    // With another hint or number of requests, chosen since.
    constexpr double nearly = 0.9;
    if (figures_.fps * (options_.skip + 1) < nearly * source) return "";
    return fmt::format("source-bound: it gives {:.0f}/s, and {} keeps up", source, way);
  }

  LiveSummary summary(const LiveRenderer& renderer, Seconds wall, Seconds cpu) const {
    LiveSummary summary{.figures = figures_};
    summary.pictures = renderer.pictures();
    summary.picture_rate = renderer.picture_rate();
    summary.age_p50 = Milliseconds(renderer.ages().percentile(0.50)).count();
    summary.age_p95 = Milliseconds(renderer.ages().percentile(0.95)).count();
    summary.drawing = thread_time(renderer.threads(), drawing_thread);
    summary.serving = thread_time(renderer.threads(), WebView::thread_name);
    summary.wall = wall;
    summary.cpu = cpu;
    return summary;
  }

  LiveDemoOptions options_;
  Progress& progress_;
  std::stop_source ending_;  // of all: from outside, from a viewer, from a failed drawing
  std::stop_callback<std::function<void()>> stop_;
  ov::Core core_;
  LiveInput input_;
  ImageModel model_;
  LiveWays ways_;
  std::vector<Ceiling> could_do_;  // for a live source
  TimePoint began_;
  std::optional<ProcessMeter> meter_;

  // The drawing thread's own.
  LiveFigures figures_;
  LiveMeter speed_;
  LiveRun seen_;

  std::mutex mutex_;  // guards what follows
  LiveRun run_;
  std::string device_;
  std::string reason_;
};

LiveDemo::LiveDemo(LiveDemoOptions options, Progress& progress, std::stop_token stop)
    : impl_(std::make_unique<Impl>(std::move(options), progress, std::move(stop))) {}
LiveDemo::~LiveDemo() = default;

LiveSummary LiveDemo::run(const MakeView& make_view, std::stop_token stop) { return impl_->run(make_view, stop); }

}  // namespace inflight
