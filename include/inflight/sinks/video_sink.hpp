// Results as an annotated video.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inflight/media/video_writer.hpp"
#include "inflight/sinks/drawing_sink.hpp"

namespace inflight {

/// Draws every result on its frame and writes the pictures as H.264 MP4. Needs a pipeline that keeps frames and
/// delivers in order. Blocks: on drawing and encoding, so it is for runs that nobody measures. Stamps how long each
/// took.
class VideoSink final : public Sink {
 public:
  /// `frame_rate`: 25 in place of one that no video has, such as 0 of a clip that tells none. Throws: Error at the
  /// first frame, whose size the video takes, as VideoWriter, or when no video has that size.
  VideoSink(std::string path, double frame_rate, std::vector<std::string> labels, std::string caption);

  void deliver(FrameResult& result) override;
  /// Completes the file. Throws: Error when nothing was delivered, or the file cannot be completed.
  void finish();

 private:
  std::string path_;
  double frame_rate_;
  DrawingSink drawing_;
  std::optional<VideoWriter> writer_;
};

}  // namespace inflight
