// Frames of any format as upright B, G, R, A pictures of any size, as quickly as libyuv does it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "inflight/media/frame.hpp"

namespace inflight {

/// Scales the planes as they are, turns what is left of them, and converts colour last, straight into the target: the
/// fewest bytes at each step. A step that has nothing to do is left out. What is shown to people and not measured: for
/// models there are FastPath and ExactPath.
class PictureScaler {
 public:
  struct Target {
    std::uint8_t* data = nullptr;
    int stride = 0;  ///< bytes
    int width = 0, height = 0;
  };

  /// Fills the target with the upright frame, all opaque; `mirror` exchanges left and right. Allocates only for larger
  /// planes than before.
  void operator()(const Frame& frame, bool mirror, const Target& target);

 private:
  using Planes = std::array<Plane, 3>;
  using Scratch = std::array<std::vector<std::uint8_t>, 3>;

  struct Shape;
  Planes eight_bit_planes(const Frame& frame);
  void paint_yuv(const Frame& frame, const Shape& shape, const Target& target);
  void paint_bgra(const Frame& frame, const Shape& shape, const Target& target);

  Scratch eight_bit_, scaled_, turned_;
};

}  // namespace inflight
