// One way to run during a comparison: its pipeline, what it measured, and what it found.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "agreement.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/measure/histogram.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/study/compare.hpp"

namespace inflight {

class Way {
 public:
  /// `compiled` may be shared with other ways that ask for the same. Throws: UsageError for an unknown name.
  Way(const WayOptions& options, ov::CompiledModel compiled, const ImageModel& model, float threshold);

  const std::string& name() const noexcept { return options_.name; }
  Pipeline& pipeline() noexcept { return *pipeline_; }

  /// Runs every request once; the first inference that it ever does. Throws: as `Pipeline::warm_up`.
  void warm_up();

  /// The pass that nobody measures: remembers the digests of every frame. Returns the frames' number.
  std::int64_t verify(FrameSource& source, Progress& progress, std::stop_token stop);

  /// One measured round of so many frames, with `added` work on each. A stopped one is not counted: false.
  bool measure(FrameSource& source, std::int64_t frames, const std::vector<AddedWork>& added, Progress& progress,
               std::stop_token stop);

  /// Whether it runs as these options say.
  bool runs_as(const WayOptions& options) const { return options_ == options; }

  WayFindings findings(bool alike) const {
    return {name(), digests_, unsteady_frames_, alike, dropped_frames_, repeated_frames_};
  }
  const std::vector<double>& round_fps() const noexcept { return round_fps_; }
  WayRecord record() const;

 private:
  WayOptions options_;
  DeviceSettings given_;
  std::unique_ptr<Pipeline> pipeline_;

  std::vector<FrameDigest> digests_;
  std::vector<double> first_inference_;
  std::int64_t unsteady_frames_ = 0, dropped_frames_ = 0, repeated_frames_ = 0;
  std::vector<bool> seen_;  // of a round
  std::vector<double> round_fps_;
  Histogram latency_;
  Seconds wall_{0}, cpu_{0};
  std::int64_t frames_ = 0, failed_ = 0;
};

}  // namespace inflight
