#include "color.hpp"

#include <libyuv.h>

#include <algorithm>
#include <cmath>

namespace inflight {

namespace {

/// The weights of red and blue in luma (ITU-R BT.601, BT.709, BT.2020).
struct LumaWeights {
  double red = 0, blue = 0;
};

LumaWeights luma_weights(ColorMatrix matrix) noexcept {
  switch (matrix) {
    case ColorMatrix::bt709:
      return {0.2126, 0.0722};
    case ColorMatrix::bt2020:
      return {0.2627, 0.0593};
    case ColorMatrix::bt601:
      break;
  }
  return {0.299, 0.114};
}

/// The upper half of a product of 16 bits, for which vector units have an instruction.
std::int16_t scaled(int value, std::int16_t gain) noexcept {
  return static_cast<std::int16_t>((static_cast<std::int16_t>(value * 8) * gain) >> 16);
}

std::uint8_t to_byte(int value) noexcept { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

void repeat_samples(const std::uint8_t* __restrict from, int count, int times, std::uint8_t* __restrict to) noexcept {
  if (times == 2) {  // by far the most frequent: kept apart, so that it becomes vector code
    for (int i = 0; i < count; ++i) to[2 * i] = to[2 * i + 1] = from[i];
  } else {
    for (int i = 0; i < count; ++i) std::fill_n(to + times * i, times, from[i]);
  }
}

void convert_row(const YuvRow& row, int width, const ColorGains gains, std::uint8_t* __restrict blue,
                 std::uint8_t* __restrict green, std::uint8_t* __restrict red) noexcept {
  for (int i = 0; i < width; ++i) {
    const int y = scaled(row.y[i] - gains.luma_offset, gains.luma), u = row.u[i] - 128, v = row.v[i] - 128;
    blue[i] = to_byte(y + scaled(u, gains.u_to_blue));
    green[i] = to_byte(y + scaled(u, gains.u_to_green) + scaled(v, gains.v_to_green));
    red[i] = to_byte(y + scaled(v, gains.v_to_red));
  }
}

}  // namespace

const libyuv::YuvConstants& yuv_constants(ColorMatrix matrix, bool full_range) noexcept {
  switch (matrix) {
    case ColorMatrix::bt709:
      return full_range ? libyuv::kYuvF709Constants : libyuv::kYuvH709Constants;
    case ColorMatrix::bt2020:
      return full_range ? libyuv::kYuvV2020Constants : libyuv::kYuv2020Constants;
    case ColorMatrix::bt601:
      break;
  }
  return full_range ? libyuv::kYuvJPEGConstants : libyuv::kYuvI601Constants;
}

ColorGains color_gains(ColorMatrix matrix, bool full_range) noexcept {
  const auto [red, blue] = luma_weights(matrix);
  const double green = 1 - red - blue;
  const double luma_gain = full_range ? 1 : 255.0 / 219;
  const double chroma_gain = full_range ? 1 : 255.0 / 224;
  const auto fixed = [](double gain) { return static_cast<std::int16_t>(std::lrint(gain * 8192)); };
  return {.luma_offset = static_cast<std::int16_t>(full_range ? 0 : 16),
          .luma = fixed(luma_gain),
          .u_to_blue = fixed(2 * (1 - blue) * chroma_gain),
          .u_to_green = fixed(-2 * (1 - blue) * blue / green * chroma_gain),
          .v_to_green = fixed(-2 * (1 - red) * red / green * chroma_gain),
          .v_to_red = fixed(2 * (1 - red) * chroma_gain)};
}

void ColorRow::convert(YuvRow row, int width, int chroma_shift_x, const ColorGains& gains, std::uint8_t* bgra) {
  const int repeat = 1 << chroma_shift_x;
  const int chroma_width = (width + repeat - 1) / repeat;
  const auto room = static_cast<std::size_t>(chroma_width) * static_cast<std::size_t>(repeat);
  if (scratch_[0].size() < room) {
    for (auto& plane : scratch_) plane.resize(room);
  }
  auto& [u, v, blue, green, red] = scratch_;
  if (repeat > 1) {
    repeat_samples(row.u, chroma_width, repeat, u.data());
    repeat_samples(row.v, chroma_width, repeat, v.data());
    row.u = u.data();
    row.v = v.data();
  }
  convert_row(row, width, gains, blue.data(), green.data(), red.data());
  libyuv::MergeARGBPlane(red.data(), 0, green.data(), 0, blue.data(), 0, nullptr, 0, bgra, 0, width, 1);
}

}  // namespace inflight
