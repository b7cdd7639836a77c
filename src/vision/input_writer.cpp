#include "input_writer.hpp"

#include <libyuv.h>

namespace inflight {

namespace {

std::size_t pixels(int width, int height) noexcept {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

void InputWriter::begin(const Target& target, int width, int height, int rotation, int most_rows) {
  target_ = target;
  width_ = width;
  height_ = height;
  rotation_ = rotation;
  row_ = 0;
  const std::size_t room = 4 * pixels(width, rotation == 0 ? most_rows : height);
  if (rows_.size() < room) rows_.resize(room);
  if (rotation != 0 && upright_.size() < room) upright_.resize(room);
}

std::uint8_t* InputWriter::next_rows() noexcept {
  return rows_.data() + (rotation_ == 0 ? 0 : 4 * pixels(width_, row_));
}

void InputWriter::commit(int count) noexcept {
  if (rotation_ == 0)
    emit(rows_.data(), width_, count, target_.data + static_cast<std::ptrdiff_t>(row_) * target_.stride);
  row_ += count;
}

void InputWriter::finish() noexcept {
  if (rotation_ == 0) return;
  const bool sideways = rotation_ % 180 != 0;
  const int upright_width = sideways ? height_ : width_, upright_height = sideways ? width_ : height_;
  libyuv::ARGBRotate(rows_.data(), width_ * 4, upright_.data(), upright_width * 4, width_, height_,
                     static_cast<libyuv::RotationMode>(rotation_));
  emit(upright_.data(), upright_width, upright_height, target_.data);
}

void InputWriter::emit(const std::uint8_t* bgra, int width, int height, std::uint8_t* to) const noexcept {
  // libyuv's "ARGB" and "RGB24" name what registers hold: in memory these are B, G, R, A and B, G, R; "RAW" is R, G, B.
  const auto convert = target_.color == ColorOrder::bgr ? libyuv::ARGBToRGB24 : libyuv::ARGBToRAW;
  convert(bgra, width * 4, to, target_.stride, width, height);
}

}  // namespace inflight
