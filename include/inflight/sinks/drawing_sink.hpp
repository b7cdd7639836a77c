// Results drawn on their frames.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inflight/draw/canvas.hpp"
#include "inflight/sinks/sink.hpp"
#include "inflight/vision/picture_painter.hpp"

namespace inflight {

/// Draws every result and keeps the last picture. Needs a pipeline that keeps frames. Blocks: on drawing. Stamps how
/// long that took.
class DrawingSink final : public Sink {
 public:
  /// `labels[i]` names class i; the caption stands in the corner of every picture. `width` of the pictures, whose
  /// height follows the frame's; 0: in full size.
  explicit DrawingSink(std::vector<std::string> labels, std::string caption = {}, int width = 0);

  void deliver(FrameResult& result) override;
  /// The last picture; null before the first. Valid until the next is delivered.
  const Canvas* picture() const noexcept { return canvas_ ? &*canvas_ : nullptr; }

 private:
  std::string caption_;
  int width_;
  PicturePainter painter_;
  std::optional<Canvas> canvas_;
};

}  // namespace inflight
