// As little work as possible: scale, convert colour, scale.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "axis.hpp"
#include "input_writer.hpp"
#include "yuv_row.hpp"

namespace inflight {

/// Shrinks YUV frames: the decoder's planes to the target's height, those rows to BGRA, and these to the target's
/// width.
///
/// Scaling all planes to the target first looks cheaper, but is not: libyuv narrows four-byte pixels by SIMD and single
/// bytes one by one.
class FastPath {
 public:
  /// Whether this is the way for the frame: colour to convert that libyuv knows, and no side to enlarge.
  static bool suits(const Frame& frame, int width, int height) noexcept;

  /// Writes the frame, scaled to `width` x `height` pixels as stored, and turned upright.
  void operator()(const Frame& frame, int width, int height, const InputWriter::Target& target);

 private:
  YuvRow mixed_row(int row);

  Axis axis_;
  YuvRowReader above_, below_;
  std::array<std::vector<std::uint8_t>, 3> mixed_;
  std::vector<std::uint8_t> strip_;
  InputWriter writer_;
};

}  // namespace inflight
