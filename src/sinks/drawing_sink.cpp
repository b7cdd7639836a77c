#include "inflight/sinks/drawing_sink.hpp"

#include <utility>

#include "inflight/vision/overlay.hpp"

namespace inflight {

DrawingSink::DrawingSink(std::vector<std::string> labels, std::string caption)
    : caption_(std::move(caption)), painter_(std::move(labels), false) {}

void DrawingSink::deliver(FrameResult& result) {
  if (result.frame.empty()) return;  // a frame that failed before it could be kept
  const TimePoint began = Clock::now();
  const int width = result.frame.display_width(), height = result.frame.display_height();
  if (!canvas_ || canvas_->width() != width || canvas_->height() != height) canvas_.emplace(width, height);
  painter_(*canvas_, result.frame, result.detections);
  if (!caption_.empty()) paint_caption(*canvas_, caption_);
  result.stamps.drawing += Clock::now() - began;
}

}  // namespace inflight
