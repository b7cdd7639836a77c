// What is known of one frame at the end of its way.
#pragma once

#include <cstdint>
#include <exception>

#include "inflight/base/clock.hpp"
#include "inflight/media/frame.hpp"
#include "inflight/vision/detection.hpp"
#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// When a frame passed which point. Each includes the work between it and the stamp before.
struct FrameStamps {
  TimePoint decoded;  ///< the reader returned it
  TimePoint
      submitted;  ///< preprocessed into the request's input and handed to OpenVINO (includes the wait for a request)
  TimePoint completed;  ///< inference over, as the thread that postprocesses saw it
  TimePoint delivered;  ///< postprocessed, about to be given to the sink
};

/// One frame with what was found in it.
struct FrameResult {
  std::int64_t index = 0;     ///< 0 for the first frame that was read
  Frame frame;                ///< empty when the pipeline was not asked to keep frames
  int width = 0, height = 0;  ///< of the upright frame
  Mapping mapping;
  Detections detections;
  std::uint64_t output_digest = 0;  ///< of all output tensors, bit for bit, when the pipeline was asked for it
  FrameStamps stamps;
  std::exception_ptr error;  ///< set when the frame failed: then there are no detections
};

}  // namespace inflight
