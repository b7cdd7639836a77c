#include "inflight/sinks/drawing_sink.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "inflight/base/size.hpp"
#include "inflight/measure/core_timer.hpp"
#include "inflight/vision/overlay.hpp"

namespace inflight {

namespace {

Size picture_of(const Frame& frame, int width) {
  const Size full{frame.display_width(), frame.display_height()};
  if (width == 0) return full;
  return {width, std::max(1, static_cast<int>(std::lround(static_cast<double>(full.height) * width / full.width)))};
}

}  // namespace

DrawingSink::DrawingSink(std::vector<std::string> labels, std::string caption, int width)
    : caption_(std::move(caption)), width_(width), painter_(std::move(labels), false) {}

void DrawingSink::deliver(FrameResult& result) {
  if (result.frame.empty()) return;  // a frame that failed before it could be kept
  const TimePoint began = Clock::now();
  const Size size = picture_of(result.frame, width_);
  if (!canvas_ || canvas_->width() != size.width || canvas_->height() != size.height)
    canvas_.emplace(size.width, size.height);
  {
    const CoreTimer timer(result.stamps.cores.known, result.stamps.cores.draw);
    painter_(*canvas_, result.frame, result.detections);
    if (!caption_.empty()) paint_caption(*canvas_, caption_);
  }
  result.stamps.drawing += Clock::now() - began;
}

}  // namespace inflight
