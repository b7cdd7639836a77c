#include "fast_path.hpp"

#include <libyuv.h>

#include <algorithm>

#include "color.hpp"

namespace inflight {

namespace {

constexpr int strip_rows = 16;  // few enough to stay in the cache, enough to spread the cost of libyuv's calls

/// Between two rows; `weight` of the second one, of 256.
const std::uint8_t* mix(const std::uint8_t* above, const std::uint8_t* below, int width, int weight,
                        std::vector<std::uint8_t>& to) {
  if (weight == 0 || above == below) return above;
  if (weight == 256) return below;
  libyuv::InterpolatePlane(above, 0, below, 0, to.data(), 0, width, 1, weight);
  return to.data();
}

}  // namespace

YuvRow FastPath::mixed_row(int row) {
  const auto i = static_cast<std::size_t>(row);
  const YuvRow above = above_.read(axis_.first[i]), below = below_.read(axis_.second[i]);
  const int weight = (axis_.weight[i] + Axis::one / 512) * 256 / Axis::one;
  const int chroma_width = above_.chroma_width();
  return {mix(above.y, below.y, above_.width(), weight, mixed_[0]),
          mix(above.u, below.u, chroma_width, weight, mixed_[1]),
          mix(above.v, below.v, chroma_width, weight, mixed_[2])};
}

bool FastPath::suits(const Frame& frame, int width, int height) noexcept {
  const PixelFormat format = frame.format();
  constexpr int widest = 32768;  // of libyuv's scaling
  return format.layout != PixelLayout::bgra && format.chroma_shift_x <= 1 && width <= frame.width() &&
         height <= frame.height() && frame.width() <= widest;
}

void FastPath::operator()(const Frame& frame, int width, int height, const InputWriter::Target& target) {
  above_.open(frame);
  below_.open(frame);
  axis_.fit(frame.height(), height);
  const auto frame_width = static_cast<std::size_t>(frame.width());
  if (mixed_[0].size() < frame_width) {
    for (auto& row : mixed_) row.resize(frame_width);
    strip_.resize(frame_width * 4 * strip_rows);
  }
  const auto& constants = yuv_constants(frame.matrix(), frame.full_range());
  const auto to_bgra = above_.chroma_shift_x() == 0 ? libyuv::I444ToARGBMatrix : libyuv::I422ToARGBMatrix;
  const bool same_width = width == frame.width();
  const int stride = frame.width() * 4;

  writer_.begin(target, width, height, frame.rotation(), strip_rows);
  for (int y = 0; y < height; y += strip_rows) {
    const int count = std::min(strip_rows, height - y);
    std::uint8_t* const strip = same_width ? writer_.next_rows() : strip_.data();
    for (int i = 0; i < count; ++i) {
      const YuvRow row = mixed_row(y + i);
      to_bgra(row.y, 0, row.u, 0, row.v, 0, strip + i * stride, 0, &constants, frame.width(), 1);
    }
    if (!same_width) {
      libyuv::ARGBScale(strip, stride, frame.width(), count, writer_.next_rows(), width * 4, width, count,
                        libyuv::kFilterLinear);
    }
    writer_.commit(count);
  }
  writer_.finish();
}

}  // namespace inflight
