#include "inflight/sinks/video_sink.hpp"

#include <fmt/format.h>

#include <utility>

#include "inflight/base/error.hpp"
#include "inflight/vision/overlay.hpp"

namespace inflight {

VideoSink::VideoSink(std::string path, double frame_rate, std::vector<std::string> labels, std::string caption)
    : path_(std::move(path)),
      frame_rate_(frame_rate),
      caption_(std::move(caption)),
      painter_(std::move(labels), false) {}

void VideoSink::deliver(FrameResult& result) {
  if (result.frame.empty()) return;  // a frame that failed before it could be kept
  if (!writer_) {
    canvas_.emplace(result.frame.display_width(), result.frame.display_height());
    writer_.emplace(path_, canvas_->width(), canvas_->height(), frame_rate_);
  }
  const int width = result.frame.display_width(), height = result.frame.display_height();
  if (canvas_->width() != width || canvas_->height() != height) {
    throw Error(
        fmt::format("a frame of {}x{} pixels does not fit the video of {}x{}; the source changes its size, "
                    "convert it to one size",
                    width, height, canvas_->width(), canvas_->height()));
  }
  painter_(*canvas_, result.frame, result.detections);
  paint_caption(*canvas_, caption_);
  writer_->write(canvas_->data(), canvas_->stride());
}

void VideoSink::finish() {
  if (!writer_) throw Error(path_ + ": there was no frame to write; check the source");
  writer_->finish();
}

}  // namespace inflight
