// From YUV to RGB, in two arithmetics: libyuv's, and that of the programs on OpenCV.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "inflight/media/frame.hpp"
#include "yuv_row.hpp"

namespace libyuv {
struct YuvConstants;
}

namespace inflight {

/// libyuv's numbers for B, G, R in memory. Its gains end at 2, so that saturated blue of BT.709 and BT.2020 in limited
/// range comes out up to 8 levels weak; all else is within one level.
const libyuv::YuvConstants& yuv_constants(ColorMatrix matrix, bool full_range) noexcept;

/// Products of 16 bits of which the upper half counts: value * gain / 2^16, the value times 8, the gain times 2^13.
struct ColorGains {
  std::int16_t luma_offset = 0;
  std::int16_t luma = 0;
  std::int16_t u_to_blue = 0, u_to_green = 0, v_to_green = 0, v_to_red = 0;
};

ColorGains color_gains(ColorMatrix matrix, bool full_range) noexcept;

/// Converts rows as FFmpeg's libswscale does on x86 without its "accurate" flags, which is what cv2.VideoCapture gives:
/// chroma is repeated, and every product is rounded down, so that colours come out about one level dark. Detectors with
/// 8-bit weights tell that level: with colours rounded to the nearest, one box in ten moves by more than 5 %.
class ColorRow {
 public:
  /// Writes `width` pixels of B, G, R, 255. Allocates only for a wider row than before.
  void convert(YuvRow row, int width, int chroma_shift_x, const ColorGains& gains, std::uint8_t* bgra);

 private:
  std::array<std::vector<std::uint8_t>, 5> scratch_;  // U and V at full width; blue, green, red
};

}  // namespace inflight
