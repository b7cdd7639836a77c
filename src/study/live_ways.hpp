// The pipelines of a live demonstration, made when they are first needed.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include <openvino/runtime/core.hpp>

#include "inflight/study/live_demo.hpp"
#include "live_control.hpp"
#include "way_pipeline.hpp"

namespace inflight {

/// Thread: one makes and runs pipelines; `in_flight` on any.
class LiveWays {
 public:
  /// Compiles the model for every way, and for the other hint where that is throughput or latency: a change is then a
  /// matter of milliseconds. Blocks: meanwhile. Throws: as `compile`.
  LiveWays(const LiveDemoOptions& options, const ImageModel& model, ov::Core& core, Progress& progress);

  /// The warm pipeline for a run. Blocks: a few inferences, when its number of requests is new.
  Pipeline& pipeline_for(const LiveRun& run);
  /// The runs' settings as the device took them, for people: "CPU, 2 streams, bf16".
  std::string device(const LiveRun& run);

  /// Requests of the pipeline that was asked for last, and how many of them have a frame.
  struct Requests {
    std::size_t in_flight = 0, all = 1;
  };
  Requests requests() const;

 private:
  struct Made {
    std::size_t way;
    Hint hint;
    std::size_t requests;
    std::unique_ptr<Pipeline> pipeline;
  };

  CompileOptions compile_options(std::size_t way, Hint hint) const;

  std::vector<WayOptions> ways_;
  const ImageModel& model_;
  float threshold_;
  CompiledModels compiled_;
  std::vector<Made> made_;

  mutable std::mutex mutex_;  // guards what follows, and what it points to
  Pipeline* running_ = nullptr;
};

}  // namespace inflight
