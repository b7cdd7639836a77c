// Where results go, as the pipelines see it.
#pragma once

#include "inflight/vision/frame_result.hpp"

namespace inflight {

/// Takes the results of a pipeline, exactly one per frame that was read.
class Sink {
 public:
  virtual ~Sink() = default;

  /// Called once per frame, never twice at the same time, in the order of completion (which is the order of the frames
  /// for the synchronous and the two-request pipeline). Thread: the pipeline's delivering thread: the caller of `run`,
  /// or OpenVINO's callback thread. Must not block. `result` is the pipeline's own and is used again afterwards; what
  /// is to outlive the call is moved or copied out.
  virtual void deliver(FrameResult& result) = 0;
};

}  // namespace inflight
