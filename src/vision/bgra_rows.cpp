#include "bgra_rows.hpp"

namespace inflight {

void BgraRows::open(const Frame& frame) {
  width_ = frame.width();
  bgra_ = {};
  if (frame.format().layout == PixelLayout::bgra) {
    bgra_ = frame.plane(0);
    return;
  }
  gains_ = color_gains(frame.matrix(), frame.full_range());
  rows_.open(frame);
  if (row_.size() < static_cast<std::size_t>(width_) * 4) row_.resize(static_cast<std::size_t>(width_) * 4);
}

const std::uint8_t* BgraRows::read(int row) {
  if (bgra_.data) return bgra_.data + row * bgra_.stride;
  color_.convert(rows_.read(row), width_, rows_.chroma_shift_x(), gains_, row_.data());
  return row_.data();
}

}  // namespace inflight
