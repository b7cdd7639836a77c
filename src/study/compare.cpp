#include "inflight/study/compare.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <random>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "agreement.hpp"
#include "cold_start.hpp"
#include "compare_account.hpp"
#include "contestants.hpp"
#include "fingerprint.hpp"
#include "inflight/base/counted.hpp"
#include "inflight/base/error.hpp"
#include "inflight/measure/host_load.hpp"
#include "inflight/media/live_source.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/sinks/video_sink.hpp"
#include "rounds.hpp"
#include "run_parts.hpp"
#include "verdict.hpp"

namespace inflight {
namespace {

void check(const CompareOptions& options) {
  if (options.ways.empty()) throw UsageError("--ways: give at least one way");
  if (options.rounds && *options.rounds < 1)
    throw UsageError(fmt::format("--rounds {}: give at least 1", *options.rounds));
  if (options.time && !(options.time->count() > 0)) {
    throw UsageError(fmt::format("--time {}: give more than no time", options.time->count()));
  }
  if (is_live(options.input))
    throw UsageError(fmt::format("{}: never gives the same frames twice; give a video file or a folder of pictures",
                                 input_name(options.input)));
}

LoadRecord load_record(const HostUse& use) {
  return {.known = use.known,
          .own = use.own,
          .others = use.others,
          .stolen = use.stolen,
          .throttled = use.throttled,
          .throttled_seconds = use.throttled_time.count()};
}

FingerprintOf fingerprint_of(const CompareOptions& options) {
  FingerprintOf of{.devices = {}, .model = options.model.path, .clip = options.input, .command = options.command};
  for (const WayOptions& way : options.ways) of.devices.push_back(way.compile.device);
  return of;
}

}  // namespace

class Comparison::Impl {
 public:
  Impl(CompareOptions options, Progress& progress, const std::stop_token& stop)
      : options_(std::move(options)),
        progress_(progress),
        stop_(stop),
        seed_(options_.seed.value_or(std::random_device()())) {
    check(options_);
    progress_.begin("opening the clip", 0);
    clip_ = open(0)->info();
    progress_.begin("reading the model", 0);
    const TimePoint began = Clock::now();
    model_ = load_image_model(core_, options_.model, {clip_.width, clip_.height});
    cold_start_.read = Milliseconds(Clock::now() - began).count();
    compiled_.emplace(core_, model_.model);
    contestants_.emplace(options_, *compiled_, model_, progress_, stop);
  }

  CompareRecord run(std::stop_token stop) {
    try {
      contestants_->warm_up(model_, [this] { return open(0); }, progress_, stop);
      verify(stop);
      measure(stop);
    } catch (const Interrupted&) {  // while the clip was opened once more: what was measured stands
    }
    CompareRecord record;
    describe(options_, model_, clip_, record);
    record.rounds = rounds_;
    record.rounds.interrupted = stop.stop_requested();
    record.load = load_;
    contestants_->tell(seed_, record);
    const auto findings = contestants_->findings();
    compare_outputs(findings, record);
    add_notes(damage_, findings.empty() ? std::span<const FrameDigest>() : findings.front().frames, record);
    judge(findings, record);
    tell_cold_start(record, stop);
    progress_.begin("fingerprinting model and clip", 0);
    record.machine = take_fingerprint(core_, fingerprint_of(options_), stop);
    if (options_.peak_memory) measure_memory(record, stop);
    return record;
  }

  void run_once(std::stop_token stop) {
    contestants_->warm_up(model_, [this] { return open(0); }, progress_, stop);
    for (const auto& way : contestants_->ways()) {
      const auto source = open(options_.frames, options_.loop);
      LimitedSource limited(*source, {options_.seconds});
      CountingSink sink(progress_);
      way->pipeline().run(limited, sink, stop);
    }
  }

  bool write_video(const std::string& path, const std::string& caption, std::stop_token stop) {
    const std::int64_t frames = rounds_.unique_frames > 0 ? rounds_.unique_frames : options_.frames;
    progress_.begin("writing the video", frames);
    // Outside all measuring; two requests keep the order.
    const auto pipeline =
        make_two_request_pipeline((*compiled_)(options_.ways.front().compile), model_, options_.threshold);
    const auto source = open(frames);
    const auto labels = options_.labels.empty() ? model_.adapter->labels() : options_.labels;
    VideoSink video(path, clip_.frame_rate, labels, caption);
    CountingSink counted(progress_, &video);
    pipeline->run(*source, counted, stop, {.keep_frames = true});
    if (stop.stop_requested()) return false;
    video.finish();
    return true;
  }

 private:
  std::unique_ptr<VideoReader> open(std::int64_t frames, bool loop = false) const {
    return std::make_unique<VideoReader>(
        options_.input, VideoReaderOptions{.start = options_.start, .loop = loop, .frames = frames, .stop = stop_});
  }

  /// Every way over the frames once, unmeasured: settles the length of a round, and what the frames give.
  void verify(std::stop_token stop) {
    Seconds first_took{0}, all_took{0};
    for (const auto& way : contestants_->ways()) {
      if (stop.stop_requested()) return;
      const bool first = rounds_.unique_frames == 0;
      const std::int64_t frames = first ? options_.frames : rounds_.unique_frames;
      progress_.begin(fmt::format("first pass, {}", way->name()), frames > 0 ? frames : clip_.frames);
      const auto source = open(frames);
      const TimePoint began = Clock::now();
      // With the number of frames given, all of them; else what goes into the time of a round.
      LimitedSource limited(*source, {first && frames == 0 ? options_.seconds : Seconds(std::chrono::hours(24))});
      const std::int64_t delivered = way->verify(limited, progress_, stop);
      if (stop.stop_requested()) return;
      if (delivered == 0)
        throw Error(input_name(options_.input) + ": no frame could be read; try another --start, or another file");
      const Seconds took = Clock::now() - began;
      if (first) {
        rounds_.unique_frames = delivered;
        first_took = took;
        damage_ = source->counts();  // later passes stop at the last frame, and don't see that more was promised
      }
      all_took += took;
    }
    // A ceiling takes no longer than the way that it is of.
    const auto turns = static_cast<double>(contestants_->turns()) / static_cast<double>(contestants_->ways().size());
    settle_round(first_took, all_took * turns);
  }

  /// `first`, `all`: how long a pass takes, of the first way and of all turns.
  void settle_round(Seconds first, Seconds all) {
    if (rounds_.unique_frames == 0) return;
    double passes = 1;
    if (options_.frames > 0) {
      if (options_.loop) passes = static_cast<double>(options_.frames) / static_cast<double>(rounds_.unique_frames);
    } else {
      passes = options_.seconds / std::max(first, Seconds(1e-6));
      // Many short rounds tell more than few long ones.
      constexpr double rounds_in_time = 12;
      if (options_.time) passes = std::min(passes, *options_.time / rounds_in_time / std::max(all, Seconds(1e-6)));
      passes = std::max(1.0, std::round(passes));
    }
    rounds_.frames_per_round = std::llround(passes * static_cast<double>(rounds_.unique_frames));
    const Seconds round = all * passes;
    if (options_.time && round > *options_.time) {
      const int wanted = options_.rounds.value_or(fewest_rounds);
      throw UsageError(fmt::format(
          "--time {:.3g}: one round takes about {:.2g} s; give --time {:.0f} or more for {}, "
          "or fewer --frames",
          options_.time->count(), round.count(), std::ceil(1.2 * wanted * round.count()), counted(wanted, "round")));
    }
  }

  void measure(std::stop_token stop) {
    rounds_.asked = options_.rounds.value_or(0);
    rounds_.time_limit = options_.time.value_or(Seconds(0)).count();
    rounds_.seed = seed_;
    if (stop.stop_requested()) return;
    Rounds rounds(options_.rounds, options_.time, seed_);
    const HostLoad load;
    const auto open_round = [this] {
      return open(rounds_.frames_per_round, rounds_.frames_per_round > rounds_.unique_frames);
    };
    const std::string of = options_.rounds ? fmt::format(" of {}", *options_.rounds) : "";
    double half_width = 0;
    while (rounds.another(rounds_.done, load.use().wall, half_width)) {
      for (const std::size_t turn : rounds.order(contestants_->turns())) {
        const std::string name = contestants_->name_of(turn);
        progress_.begin(fmt::format("round {}{}, {}", rounds_.done + 1, of, name), rounds_.frames_per_round);
        const bool done =
            contestants_->take_turn(turn, rounds_.frames_per_round, open_round, options_.added, progress_, stop);
        load_ = load_record(load.use());
        if (stop.stop_requested()) return;
        if (!done) throw Error(input_name(options_.input) + ": the clip could be read before, and now gives no frame");
      }
      contestants_->keep_round();
      ++rounds_.done;
      half_width = rounds_.done < fewest_rounds ? 0 : contestants_->widest_interval(seed_);
    }
    rounds_.ended_by = rounds.ended_by();
  }

  void tell_cold_start(CompareRecord& record, const std::stop_token& stop) {
    record.cold_start = cold_start_;
    tell_compiles(options_, *compiled_, record.cold_start);
    if (!options_.alike || options_.brief || stop.stop_requested()) return;
    progress_.begin("compiling with a cache and without", 0);
    measure_compiling(model_.model, options_.alike->compile, record.cold_start, stop);
  }

  void measure_memory(CompareRecord& record, const std::stop_token& stop) {
    for (WayRecord& way : record.ways) {
      if (stop.stop_requested()) break;
      progress_.begin(fmt::format("memory of {}", way.name), 0);
      way.peak_memory = options_.peak_memory(way.name);
    }
    const bool complete = std::ranges::all_of(record.ways, [](const WayRecord& way) { return way.peak_memory > 0; });
    if (stop.stop_requested() && !record.rounds.interrupted && !complete) {
      record.notes.push_back("interrupted while memory was measured: the rounds are complete, the memory is not");
    }
  }

  CompareOptions options_;
  Progress& progress_;
  std::stop_token stop_;  // also ends a wait for a server
  std::uint64_t seed_;
  ov::Core core_;
  VideoInfo clip_;
  ImageModel model_;
  std::optional<CompiledModels> compiled_;
  std::optional<Contestants> contestants_;
  ColdStartRecord cold_start_;
  ReadCounts damage_;
  RoundsRecord rounds_;
  LoadRecord load_;
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
