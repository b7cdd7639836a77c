// A frame and what was found in it as a picture of any size.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "inflight/draw/canvas.hpp"
#include "inflight/media/frame.hpp"
#include "inflight/vision/detection.hpp"

namespace inflight {

/// Scales the upright frame onto the whole canvas, once, and paints boxes, landmarks and tags at the canvas's size.
/// Colours are those of libyuv: within a level or two of exact arithmetic, saturated blue of HD video up to 8 weak.
/// Keeps its planes, so that pictures of one size need no new ones after the first. Thread: one at a time.
class PicturePainter {
 public:
  /// `mirror`: left and right exchanged, as people expect of their own picture; text stays readable.
  PicturePainter(std::vector<std::string> labels, bool mirror);
  PicturePainter(PicturePainter&&) noexcept;
  PicturePainter& operator=(PicturePainter&&) noexcept;
  ~PicturePainter();

  /// Boxes are in pixels of the upright frame. Throws: Error for an empty frame.
  void operator()(Canvas& canvas, const Frame& frame, std::span<const Detection> detections);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
