// Where frames come from, as the pipelines see it.
#pragma once

#include "inflight/media/frame.hpp"

namespace inflight {

/// What a call to `FrameSource::read` ended with.
enum class ReadOutcome {
  frame,    ///< the frame holds the next picture
  end,      ///< there are no more; the frame is empty
  stopped,  ///< stop was requested; the frame is empty
};

/// A sequence of frames. Thread: the one that reads. Blocks: until the next frame is decoded or arrives.
class FrameSource {
 public:
  virtual ~FrameSource() = default;

  /// Reads the next frame into `frame`, releasing what it held.
  /// Throws: Error when the source is lost for good; damaged pictures are counted and passed over.
  virtual ReadOutcome read(Frame& frame) = 0;
};

}  // namespace inflight
