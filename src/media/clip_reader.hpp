// What VideoReader hands on to.
#pragma once

#include "inflight/media/frame_source.hpp"
#include "inflight/media/video_reader.hpp"

namespace inflight {

class ClipReader : public FrameSource {
 public:
  const VideoInfo& info() const noexcept { return info_; }
  const ReadCounts& counts() const noexcept { return counts_; }

 protected:
  VideoInfo info_;
  ReadCounts counts_;
};

}  // namespace inflight
