#include "inflight/study/compare.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "agreement.hpp"
#include "fingerprint.hpp"
#include "inflight/base/error.hpp"
#include "inflight/media/live_source.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/sinks/video_sink.hpp"
#include "run_parts.hpp"
#include "way.hpp"
#include "way_pipeline.hpp"

namespace inflight {
namespace {

FingerprintOf fingerprint_of(const CompareOptions& options) {
  FingerprintOf of{.devices = {}, .model = options.model.path, .clip = options.input, .command = options.command};
  for (const WayOptions& way : options.ways) of.devices.push_back(way.compile.device);
  return of;
}

}  // namespace

class Comparison::Impl {
 public:
  Impl(CompareOptions options, Progress& progress, const std::stop_token& stop)
      : options_(std::move(options)), progress_(progress) {
    if (options_.ways.empty()) throw UsageError("--ways: give at least one way");
    if (options_.rounds < 1) throw UsageError(fmt::format("--rounds {}: give at least 1", options_.rounds));
    if (is_live(options_.input))
      throw UsageError(fmt::format("{}: never gives the same frames twice; give a video file or a folder of pictures",
                                   options_.input));
    progress_.begin("opening the clip", 0);
    clip_ = open(0).info();
    progress_.begin("reading the model", 0);
    model_ = load_image_model(core_, options_.model, {clip_.width, clip_.height});
    compiled_.emplace(core_, model_.model);
    for (const WayOptions& way : options_.ways) {
      if (stop.stop_requested()) return;
      progress_.begin(fmt::format("compiling for {}", way.name), 0);
      ways_.push_back(std::make_unique<Way>(way, (*compiled_)(way.compile), model_, options_.threshold));
    }
  }

  CompareRecord run(std::stop_token stop) {
    warm_up(stop);
    verify(stop);
    measure(stop);
    CompareRecord record = describe();
    progress_.begin("fingerprinting model and clip", 0);
    record.machine = take_fingerprint(core_, fingerprint_of(options_), stop);
    record.interrupted = stop.stop_requested();
    std::vector<WayFindings> findings;
    for (const auto& way : ways_) {
      record.ways.push_back(way->record());
      findings.push_back(way->findings());
    }
    compare_outputs(findings, record);
    relate_to_sync(record);
    add_notes(record);
    if (options_.peak_memory) measure_memory(record, stop);
    return record;
  }

  void run_once(std::stop_token stop) {
    warm_up(stop);
    for (const auto& way : ways_) {
      VideoReader source = open(options_.frames, options_.loop);
      TimedSource timed(source, options_.seconds);
      CountingSink sink(progress_);
      way->pipeline().run(timed, sink, stop);
    }
  }

  bool write_video(const std::string& path, const std::string& caption, std::stop_token stop) {
    const std::int64_t frames = unique_frames_ > 0 ? unique_frames_ : options_.frames;
    progress_.begin("writing the video", frames);
    // Outside all measuring; two requests keep the order.
    const auto pipeline =
        make_two_request_pipeline((*compiled_)(options_.ways.front().compile), model_, options_.threshold);
    VideoReader source = open(frames);
    constexpr double usual_rate = 25;
    const auto labels = options_.labels.empty() ? model_.adapter->labels() : options_.labels;
    VideoSink video(path, clip_.frame_rate > 0 ? clip_.frame_rate : usual_rate, labels, caption);
    CountingSink counted(progress_, &video);
    pipeline->run(source, counted, stop, {.keep_frames = true});
    if (stop.stop_requested()) return false;
    video.finish();
    return true;
  }

 private:
  /// Stop is the pipelines' business, frame by frame.
  VideoReader open(std::int64_t frames, bool loop = false) const {
    return VideoReader(options_.input, {.start = options_.start, .loop = loop, .frames = frames});
  }

  void warm_up(std::stop_token stop) {
    for (const auto& way : ways_) {
      if (stop.stop_requested()) return;
      progress_.begin(fmt::format("warming up {} ({} requests)", way->name(), way->pipeline().requests()), 0);
      way->pipeline().warm_up();
    }
  }

  /// Every way over the frames once, unmeasured: settles the length of a round, and what the frames give.
  void verify(std::stop_token stop) {
    for (const auto& way : ways_) {
      if (stop.stop_requested()) return;
      const bool first = frames_per_round_ == 0;
      const std::int64_t frames = first ? options_.frames : unique_frames_;
      progress_.begin(fmt::format("first pass, {}", way->name()), frames > 0 ? frames : clip_.frames);
      VideoReader source = open(frames);
      const TimePoint began = Clock::now();
      // With the number of frames given, all of them; else what goes into the time of a round.
      TimedSource timed(source, first && frames == 0 ? options_.seconds : Seconds(std::chrono::hours(24)));
      const std::int64_t delivered = way->verify(timed, progress_, stop);
      if (stop.stop_requested()) return;
      if (delivered == 0)
        throw Error(options_.input + ": no frame could be read; try another --start, or another file");
      if (first) settle_round(delivered, Clock::now() - began);
      damage_ = source.counts();
    }
  }

  void settle_round(std::int64_t delivered, Seconds took) {
    unique_frames_ = delivered;
    frames_per_round_ = delivered;
    if (options_.frames > 0) {
      if (options_.loop) frames_per_round_ = options_.frames;
      return;
    }
    const double passes = options_.seconds / std::max(took, Seconds(1e-6));
    frames_per_round_ = delivered * std::max<std::int64_t>(1, std::llround(passes));
  }

  void measure(std::stop_token stop) {
    for (int round = 0; round < options_.rounds; ++round) {
      // Rotated, so that no way always runs in another's wake.
      for (std::size_t turn = 0; turn < ways_.size(); ++turn) {
        if (stop.stop_requested()) return;
        Way& way = *ways_[(turn + static_cast<std::size_t>(round)) % ways_.size()];
        progress_.begin(fmt::format("round {} of {}, {}", round + 1, options_.rounds, way.name()), frames_per_round_);
        VideoReader source = open(frames_per_round_, frames_per_round_ > unique_frames_);
        if (!way.measure(source, progress_, stop) && !stop.stop_requested()) {
          throw Error(options_.input + ": the clip could be read before, and now gives no frame");
        }
      }
      if (!stop.stop_requested()) ++rounds_done_;
    }
  }

  void measure_memory(CompareRecord& record, const std::stop_token& stop) {
    for (WayRecord& way : record.ways) {
      if (stop.stop_requested()) break;
      progress_.begin(fmt::format("memory of {}", way.name), 0);
      way.peak_memory = options_.peak_memory(way.name);
    }
    const bool complete = std::ranges::all_of(record.ways, [](const WayRecord& way) { return way.peak_memory > 0; });
    if (stop.stop_requested() && !record.interrupted && !complete) {
      record.notes.push_back("interrupted while memory was measured: the rounds are complete, the memory is not");
    }
  }

  CompareRecord describe() const {
    CompareRecord record;
    record.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    record.model = model_.name;
    record.model_path = options_.model.path;
    record.model_type = model_.adapter->name();
    record.input_width = model_.preprocess.width;
    record.input_height = model_.preprocess.height;
    record.preprocess = fmt::format("{}, {}, {}", model_.preprocess.path == PreprocessPath::fast ? "fast" : "exact",
                                    model_.preprocess.resize == ResizeMode::stretch ? "stretch" : "letterbox",
                                    model_.preprocess.color == ColorOrder::rgb ? "rgb" : "bgr");
    record.threshold = options_.threshold;
    record.simulated = simulation_text(model_);
    record.clip_path = options_.input;
    record.clip_codec = clip_.codec;
    record.clip_pixel_format = clip_.pixel_format;
    record.clip_width = clip_.width;
    record.clip_height = clip_.height;
    record.clip_frame_rate = clip_.frame_rate;
    record.rounds_asked = options_.rounds;
    record.rounds_done = rounds_done_;
    record.frames_per_round = frames_per_round_;
    record.unique_frames = unique_frames_;
    return record;
  }

  void relate_to_sync(CompareRecord& record) const {
    const auto sync = std::find_if(ways_.begin(), ways_.end(), [](const auto& way) { return way->name() == "sync"; });
    if (sync == ways_.end()) return;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      // An interruption may leave a way with one round more than another; pairs are of the same round.
      const auto pairs = std::min(ways_[i]->round_fps().size(), (*sync)->round_fps().size());
      if (pairs == 0) continue;
      record.ways[i].ratio_to_sync =
          ratio_interval(std::span(ways_[i]->round_fps()).first(pairs), std::span((*sync)->round_fps()).first(pairs));
    }
  }

  void add_notes(CompareRecord& record) const {
    if (!record.simulated.empty()) {
      record.notes.push_back(record.simulated + ": the model itself was not run, and nothing could be found");
    }
    if (record.interrupted) {
      record.notes.push_back(fmt::format("interrupted after {} of {} rounds: the figures are of whole rounds only",
                                         rounds_done_, options_.rounds));
    }
    if (damage_.damaged_packets > 0) {
      record.notes.push_back(fmt::format("{} damaged packets were skipped in the clip", damage_.damaged_packets));
    }
    if (damage_.skipped_files > 0) {
      record.notes.push_back(
          fmt::format("{} files of the folder are no pictures and were skipped", damage_.skipped_files));
    }
    if (damage_.ended_early) record.notes.push_back(damage_.early_reason);
    if (frames_per_round_ > unique_frames_) {
      record.notes.push_back(fmt::format("the {} frames were repeated to {} for a round of useful length",
                                         unique_frames_, frames_per_round_));
    }
  }

  CompareOptions options_;
  Progress& progress_;
  ov::Core core_;
  VideoInfo clip_;
  ImageModel model_;
  std::optional<CompiledModels> compiled_;
  std::vector<std::unique_ptr<Way>> ways_;
  ReadCounts damage_;
  std::int64_t unique_frames_ = 0;  // different frames in a round
  std::int64_t frames_per_round_ = 0;
  int rounds_done_ = 0;
};

Comparison::Comparison(CompareOptions options, Progress& progress, std::stop_token stop)
    : impl_(std::make_unique<Impl>(std::move(options), progress, stop)) {}
Comparison::~Comparison() = default;

CompareRecord Comparison::run(std::stop_token stop) { return impl_->run(std::move(stop)); }
void Comparison::run_once(std::stop_token stop) { impl_->run_once(std::move(stop)); }
bool Comparison::write_video(const std::string& path, const std::string& caption, std::stop_token stop) {
  return impl_->write_video(path, caption, std::move(stop));
}

}  // namespace inflight
