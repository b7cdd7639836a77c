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

  /// One measured round of so many frames, with `added` work on each; counts when it is kept. A stopped one: false.
  bool measure(FrameSource& source, std::int64_t frames, const std::vector<AddedWork>& added, Progress& progress,
               std::stop_token stop);

  /// Counts what was measured last.
  void keep_round();

  /// Whether it runs as these options say.
  bool runs_as(const WayOptions& options) const { return options_ == options; }

  WayFindings findings(bool alike) const {
    return {name(), digests_, sum_.unsteady, alike, sum_.dropped, sum_.repeated};
  }
  WayRecord record() const;

 private:
  struct Measured {
    std::int64_t frames = 0, failed = 0, unsteady = 0, dropped = 0, repeated = 0;
    Seconds wall{0}, cpu{0};
    Histogram latency;

    void add(const Measured& round);
  };

  WayOptions options_;
  DeviceSettings given_;
  std::unique_ptr<Pipeline> pipeline_;

  std::vector<FrameDigest> digests_;
  std::vector<double> first_inference_;
  std::vector<bool> seen_;  // of a round
  Measured round_, sum_;
  std::vector<double> round_fps_;
};

}  // namespace inflight
