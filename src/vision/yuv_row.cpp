#include "yuv_row.hpp"

#include <libyuv.h>

#include <algorithm>

namespace inflight {

namespace {

/// The nearest 8-bit value of each sample.
void to_eight_bits(const std::uint16_t* from, int bit_depth, int width, std::uint8_t* to) noexcept {
  const int shift = bit_depth - 8;
  const int half = 1 << (shift - 1);
  for (int i = 0; i < width; ++i) to[i] = static_cast<std::uint8_t>(std::min((from[i] + half) >> shift, 255));
}

}  // namespace

void YuvRowReader::open(const Frame& frame) {
  format_ = frame.format();
  const bool gray = format_.layout == PixelLayout::gray;
  const bool deep = format_.bit_depth > 8;
  if (gray) format_.chroma_shift_x = 1;
  const int planes = gray ? 1 : std::min(frame.plane_count(), 3);
  for (int i = 0; i < planes; ++i) planes_[static_cast<std::size_t>(i)] = frame.plane(i);
  width_ = frame.width();
  chroma_width_ = (width_ + (1 << format_.chroma_shift_x) - 1) >> format_.chroma_shift_x;

  const auto width = static_cast<std::size_t>(width_);
  if (deep && scratch_[0].size() < width) scratch_[0].resize(width);
  if (gray) {
    for (auto* neutral : {&scratch_[1], &scratch_[2]}) neutral->assign(width, 128);
  } else if (deep || format_.layout == PixelLayout::semi_planar) {
    for (auto* chroma : {&scratch_[1], &scratch_[2]}) {
      if (chroma->size() < width) chroma->resize(width);
    }
  }
}

const std::uint8_t* YuvRowReader::eight_bit_row(int plane, int row) noexcept {
  const auto index = static_cast<std::size_t>(plane);
  const Plane& from = planes_[index];
  const std::uint8_t* data = from.data + row * from.stride;
  if (format_.bit_depth <= 8) return data;
  to_eight_bits(reinterpret_cast<const std::uint16_t*>(data), format_.bit_depth, from.width, scratch_[index].data());
  return scratch_[index].data();
}

YuvRow YuvRowReader::read(int row) noexcept {
  const int chroma_row = row >> format_.chroma_shift_y;
  switch (format_.layout) {
    case PixelLayout::semi_planar: {
      const std::uint8_t* both = planes_[1].data + chroma_row * planes_[1].stride;
      libyuv::SplitUVPlane(both, 0, scratch_[1].data(), 0, scratch_[2].data(), 0, chroma_width_, 1);
      return {eight_bit_row(0, row), scratch_[1].data(), scratch_[2].data()};
    }
    case PixelLayout::gray:
      return {eight_bit_row(0, row), scratch_[1].data(), scratch_[2].data()};
    case PixelLayout::planar:
    case PixelLayout::bgra:
      break;
  }
  return {eight_bit_row(0, row), eight_bit_row(1, chroma_row), eight_bit_row(2, chroma_row)};
}

}  // namespace inflight
