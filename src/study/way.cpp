#include "way.hpp"

#include <algorithm>

#include "inflight/measure/process_meter.hpp"
#include "inflight/measure/statistics.hpp"
#include "settings.hpp"
#include "way_pipeline.hpp"

namespace inflight {
namespace {

FrameDigest digest_of(const FrameResult& result) {
  return {result.output_digest,
          digest_of(result.detections),
          static_cast<int>(result.detections.size()),
          result.error != nullptr,
          result.nan_outputs,
          result.width,
          result.height};
}

/// Remembers what every frame gave.
class VerifyingSink final : public Sink {
 public:
  VerifyingSink(std::vector<FrameDigest>& digests, Progress& progress) : digests_(digests), progress_(progress) {}

  void deliver(FrameResult& result) override {
    const auto index = static_cast<std::size_t>(result.index);
    if (digests_.size() <= index) digests_.resize(index + 1);
    digests_[index] = digest_of(result);
    progress_.add();
  }

 private:
  std::vector<FrameDigest>& digests_;
  Progress& progress_;
};

/// Takes the stamps, and sees that the round finds what the verifying pass found. Allocates nothing.
class MeasuringSink final : public Sink {
 public:
  /// `seen`: as many as there are frames, all false.
  MeasuringSink(const std::vector<FrameDigest>& digests, std::vector<bool>& seen, Progress& progress)
      : digests_(digests), seen_(seen), progress_(progress) {}

  void deliver(FrameResult& result) override {
    const auto index = static_cast<std::size_t>(result.index);
    if (index >= seen_.size() || seen_[index]) {
      ++repeated_frames;
    } else {
      seen_[index] = true;
    }
    latency.record(result.stamps.delivered - result.stamps.decoded);
    if (!digests_.empty()) {
      const FrameDigest& expected = digests_[index % digests_.size()];
      if (expected.detections != digest_of(result.detections)) ++unsteady_frames;
    }
    progress_.add();
  }

  Histogram latency;
  std::int64_t unsteady_frames = 0, repeated_frames = 0;

 private:
  const std::vector<FrameDigest>& digests_;
  std::vector<bool>& seen_;
  Progress& progress_;
};

std::string description_of(const std::string& name) {
  if (name == "sync") return "one request, each frame from start to end before the next";
  if (name == "two-requests") return "current and next: one frame is inferred while the next is prepared";
  return "all requests in flight, results by callback";
}

}  // namespace

Way::Way(const WayOptions& options, ov::CompiledModel compiled, const ImageModel& model, float threshold)
    : options_(options),
      given_(settings_of(compiled)),
      pipeline_(make_pipeline(options.name, std::move(compiled), model, threshold, options.requests)) {}

void Way::warm_up() {
  for (const Milliseconds time : pipeline_->warm_up()) first_inference_.push_back(time.count());
}

std::int64_t Way::verify(FrameSource& source, Progress& progress, std::stop_token stop) {
  digests_.clear();
  VerifyingSink sink(digests_, progress);
  return pipeline_->run(source, sink, std::move(stop), {.digest_outputs = true}).delivered;
}

bool Way::measure(FrameSource& source, std::int64_t frames, const std::vector<AddedWork>& added, Progress& progress,
                  std::stop_token stop) {
  seen_.assign(static_cast<std::size_t>(frames), false);
  MeasuringSink sink(digests_, seen_, progress);
  const RunOptions run{.added = added};
  const ProcessMeter meter;
  const RunCounts counts = pipeline_->run(source, sink, stop, run);
  const Seconds wall = meter.wall();
  const Seconds cpu = meter.cpu();
  if (stop.stop_requested() || counts.delivered == 0) return false;
  round_ = {.frames = counts.delivered,
            .failed = counts.failed,
            .unsteady = sink.unsteady_frames,
            .dropped = std::ranges::count(seen_, false),
            .repeated = sink.repeated_frames,
            .wall = wall,
            .cpu = cpu,
            .latency = sink.latency};
  return true;
}

void Way::Measured::add(const Measured& round) {
  frames += round.frames;
  failed += round.failed;
  unsteady += round.unsteady;
  dropped += round.dropped;
  repeated += round.repeated;
  wall += round.wall;
  cpu += round.cpu;
  latency.merge(round.latency);
}

void Way::keep_round() {
  sum_.add(round_);
  round_fps_.push_back(static_cast<double>(round_.frames) / round_.wall.count());
}

WayRecord Way::record() const {
  WayRecord record;
  record.name = options_.name;
  record.description = description_of(options_.name);
  const std::size_t requests_asked = options_.name == "queue" ? options_.requests : pipeline_->requests();
  record.asked = asked_settings(options_.compile, requests_asked);
  record.given = given_settings(given_, pipeline_->requests());
  record.frames = sum_.frames;
  record.failed = sum_.failed;
  record.round_fps = round_fps_;
  if (!round_fps_.empty()) record.fps = median_interval(round_fps_);
  record.first_inference = first_inference_;
  const auto percentile = [this](double fraction) { return Milliseconds(sum_.latency.percentile(fraction)).count(); };
  record.latency_p50 = percentile(0.50);
  record.latency_p90 = percentile(0.90);
  record.latency_p99 = percentile(0.99);
  if (sum_.wall.count() > 0) record.cores_used = sum_.cpu / sum_.wall;
  return record;
}

}  // namespace inflight
