// What is known of one frame at the end of its way.
#pragma once

#include <cstdint>
#include <exception>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/media/frame.hpp"
#include "inflight/vision/detection.hpp"
#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// One frame with what was found in it.
struct FrameResult {
  std::int64_t index = 0;     ///< 0 for the first frame that was read
  Frame frame;                ///< empty when the pipeline was not asked to keep frames
  int width = 0, height = 0;  ///< of the upright frame
  Mapping mapping;
  Detections detections;
  std::uint64_t output_digest = 0;  ///< of all output tensors, bit for bit, when the pipeline was asked for it
  bool nan_outputs = false;         ///< whether one of them holds what is no number, when the pipeline digests them
  FrameStamps stamps;
  std::exception_ptr error;  ///< set when the frame failed: then there are no detections
};

}  // namespace inflight
