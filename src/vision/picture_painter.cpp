#include "inflight/vision/picture_painter.hpp"

#include <algorithm>
#include <utility>

#include "inflight/base/error.hpp"
#include "inflight/vision/overlay.hpp"
#include "picture_scaler.hpp"

namespace inflight {

namespace {

/// From pixels of the upright frame to pixels of the canvas.
struct Way {
  float scale_x = 1, scale_y = 1;
  float mirror_width = 0;  // 0: not mirrored

  Point operator()(const Point& point) const noexcept {
    const float x = point.x * scale_x;
    return {mirror_width > 0 ? mirror_width - x : x, point.y * scale_y};
  }
  Detection operator()(Detection detection) const noexcept {
    Box& box = detection.box;
    const Point one = (*this)(Point{box.x0, box.y0}), other = (*this)(Point{box.x1, box.y1});
    box = {std::min(one.x, other.x), one.y, std::max(one.x, other.x), other.y};
    for (Point& point : detection.landmarks) point = (*this)(point);
    return detection;
  }
};

}  // namespace

class PicturePainter::Impl {
 public:
  Impl(std::vector<std::string> labels, bool mirror) : labels_(std::move(labels)), mirror_(mirror) {}

  void paint(Canvas& canvas, const Frame& frame, std::span<const Detection> detections) {
    if (frame.empty()) throw Error("an empty frame cannot be painted; read into it first");
    scaler_(frame, mirror_,
            {.data = canvas.data(),
             .stride = static_cast<int>(canvas.stride()),
             .width = canvas.width(),
             .height = canvas.height()});
    canvas.touched();

    const auto width = static_cast<float>(canvas.width()), height = static_cast<float>(canvas.height());
    const Way way{.scale_x = width / static_cast<float>(frame.display_width()),
                  .scale_y = height / static_cast<float>(frame.display_height()),
                  .mirror_width = mirror_ ? width : 0};
    found_.clear();
    std::ranges::transform(detections, std::back_inserter(found_), way);
    paint_detections(canvas, found_, labels_);
  }

 private:
  std::vector<std::string> labels_;
  bool mirror_ = false;
  PictureScaler scaler_;
  Detections found_;  // in pixels of the canvas
};

PicturePainter::PicturePainter(std::vector<std::string> labels, bool mirror)
    : impl_(std::make_unique<Impl>(std::move(labels), mirror)) {}
PicturePainter::PicturePainter(PicturePainter&&) noexcept = default;
PicturePainter& PicturePainter::operator=(PicturePainter&&) noexcept = default;
PicturePainter::~PicturePainter() = default;

void PicturePainter::operator()(Canvas& canvas, const Frame& frame, std::span<const Detection> detections) {
  impl_->paint(canvas, frame, detections);
}

}  // namespace inflight
