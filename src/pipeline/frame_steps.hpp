// The steps of one frame, the same in every way to run.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <utility>

#include "inflight/infer/tensors.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/vision/frame_result.hpp"

namespace inflight {

/// Reading and `prepare` belong to one thread; `finish` may run on another at the same time.
class FrameSteps {
 public:
  FrameSteps(const ImageModel& model, float threshold)
      : preprocess_(model.preprocess),
        adapter_(model.adapter),
        output_count_(model.model->outputs().size()),
        threshold_(threshold) {}

  void begin_run(RunOptions options) {
    options_ = std::move(options);
    source_error_ = nullptr;  // of a run that its sink ended
  }

  /// Reads the next frame into `result`, clean of its former use. False at the end, and when the source is lost: what
  /// it threw comes out of `end_run`, after the frames in flight are delivered.
  bool read(FrameSource& source, FrameResult& result, RunCounts& counts);

  /// Throws what ended the reading, if that was an error.
  void end_run();

  /// Writes the frame into the request's own input.
  void prepare(FrameResult& result, ov::Tensor input);

  /// Reads the request's outputs. `completed` must be stamped.
  void finish(FrameResult& result, Outputs outputs) const;

  /// What `finish` is for a frame that failed.
  static void fail(FrameResult& result, std::exception_ptr error);

  /// Gives it to the sink, and puts it into the accounts. Throws: what the sink throws; it is in the accounts then too.
  void deliver(FrameResult& result, Sink& sink, RunCounts& counts) const;

 private:
  void convert(FrameResult& result, ov::Tensor& input);

  Preprocessor preprocess_;
  std::shared_ptr<const ModelAdapter> adapter_;
  std::size_t output_count_;
  float threshold_;
  RunOptions options_;
  std::exception_ptr source_error_;
};

/// Runs `request` once on an empty picture, and tells how long that took.
Milliseconds warm_up_request(ov::InferRequest& request);

}  // namespace inflight
