// Media's own way into a Frame.
#pragma once

#include <chrono>

#include "inflight/media/frame.hpp"

namespace inflight {

class FrameAccess {
 public:
  /// The AVFrame that `frame` holds, emptied and ready to take a picture; made when there is none yet.
  static AVFrame& emptied(Frame& frame);
  /// The AVFrame that `frame` holds, or null.
  static const AVFrame* get(const Frame& frame) noexcept { return frame.frame_.get(); }
  /// Reads format and colour from the AVFrame, and sets what it doesn't hold. Its format must be a known one.
  static void describe(Frame& frame, int rotation, std::chrono::nanoseconds time);
  /// Sets how long its packets took.
  static void set_demuxing(Frame& frame, Clock::duration demuxing) noexcept { frame.demuxing_ = demuxing; }
};

}  // namespace inflight
