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

  /// The pass that nobody measures: remembers the digests of every frame. Returns the frames' number.
  std::int64_t verify(FrameSource& source, Progress& progress, std::stop_token stop);

  /// One measured round. A stopped one is not counted: false.
  bool measure(FrameSource& source, Progress& progress, std::stop_token stop);

  WayFindings findings() const { return {name(), digests_, unsteady_frames_}; }
  const std::vector<double>& round_fps() const noexcept { return round_fps_; }
  WayRecord record() const;

 private:
  WayOptions options_;
  DeviceSettings given_;
  std::unique_ptr<Pipeline> pipeline_;

  std::vector<FrameDigest> digests_;
  std::int64_t unsteady_frames_ = 0;
  std::vector<double> round_fps_;
  Histogram latency_;
  Seconds wall_{0}, cpu_{0};
  std::int64_t frames_ = 0, failed_ = 0;
};

}  // namespace inflight
