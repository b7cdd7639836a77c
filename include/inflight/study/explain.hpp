// Where every millisecond of a program goes, what bounds it, what would help, and what async can buy.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/measure/device_estimate.hpp"
#include "inflight/report/explain_record.hpp"
#include "inflight/study/explained_program.hpp"

namespace inflight {

/// What is explained, and how long it may take.
struct ExplainOptions {
  ExplainedProgram program;
  WayOptions sync;                   ///< at its best, for the gain and the timeline
  WayOptions two_requests;           ///< at its best, for the timeline
  WayOptions queue;                  ///< at its best, for the ceiling, the gain and the timeline
  Seconds time{55};                  ///< for all runs together; compiling is not in it
  int rounds = 9;                    ///< in each, every step runs once
  std::int64_t frames = 0;           ///< of each run, so that all see the same ones; 0: as many as `time` allows
  std::vector<std::string> command;  ///< arguments that this came from, for the record
};

/// A run of one way, frame by frame.
struct WayTimes {
  std::string name;
  WayShape shape;
  std::vector<FrameStamps> frames;
};

/// What came of it.
struct Explanation {
  ExplainRecord record;
  std::vector<WayTimes> ways;  ///< runs of their own, for pictures and traces
};

/// Explains. First run synchronous loops, from which the gain is predicted. In each round follow, in random order, all
/// levels of the waterfall, the whole program, and what the gain is made of. Then come the remedies, each in turns with
/// the program as it is; at last a short run of every way for the timeline.
///
/// Thread: one at a time; `progress` may be looked at from another. Blocks: for `options.time` and as long as OpenVINO
/// compiles. When stop is requested it ends soon and tells what whole rounds gave.
/// Throws: Interrupted when it is stopped before a frame was read; Error and UsageError as VideoReader,
/// load_image_model and compile; UsageError for a time that is too short.
Explanation explain(const ExplainOptions& options, Progress& progress, std::stop_token stop);

}  // namespace inflight
