#include "inflight/sinks/video_sink.hpp"

#include <utility>

#include "inflight/base/error.hpp"
#include "inflight/vision/overlay.hpp"

namespace inflight {

VideoSink::VideoSink(std::string path, double frame_rate, std::vector<std::string> labels, std::string caption)
    : path_(std::move(path)), frame_rate_(frame_rate), labels_(std::move(labels)), caption_(std::move(caption)) {}

void VideoSink::deliver(FrameResult& result) {
  if (result.frame.empty()) return;  // a frame that failed before it could be kept
  if (!writer_) {
    canvas_.emplace(result.frame.display_width(), result.frame.display_height());
    writer_.emplace(path_, canvas_->width(), canvas_->height(), frame_rate_);
  }
  paint_frame(*canvas_, result.frame);
  paint_detections(*canvas_, result.detections, labels_);
  paint_caption(*canvas_, caption_);
  writer_->write(canvas_->data(), canvas_->stride());
}

void VideoSink::finish() {
  if (!writer_) throw Error(path_ + ": there was no frame to write; check the source");
  writer_->finish();
}

}  // namespace inflight
