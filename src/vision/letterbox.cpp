#include "letterbox.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace inflight {

namespace {

constexpr int bar_gray = 114;  // as the YOLO family is trained with

int scaled_side(int side, double scale, int limit) noexcept {
  return std::clamp(static_cast<int>(std::lround(side * scale)), 1, limit);
}

}  // namespace

Placement place(int width, int height, const PreprocessOptions& options) noexcept {
  Placement picture;
  picture.width = options.width;
  picture.height = options.height;
  if (options.resize == ResizeMode::letterbox) {
    const double scale =
        std::min(static_cast<double>(options.width) / width, static_cast<double>(options.height) / height);
    picture.width = scaled_side(width, scale, options.width);
    picture.height = scaled_side(height, scale, options.height);
    picture.x = (options.width - picture.width) / 2;
    picture.y = (options.height - picture.height) / 2;
  }
  picture.mapping = {.offset_x = static_cast<float>(picture.x),
                     .offset_y = static_cast<float>(picture.y),
                     .scale_x = static_cast<float>(width) / static_cast<float>(picture.width),
                     .scale_y = static_cast<float>(height) / static_cast<float>(picture.height)};
  return picture;
}

void paint_bars(const Placement& picture, const PreprocessOptions& options, std::uint8_t* input) noexcept {
  const auto bytes = [](int pixels) { return static_cast<std::size_t>(pixels) * 3; };
  const std::size_t stride = bytes(options.width);
  const int below = picture.y + picture.height, right = picture.x + picture.width;
  const auto rows = [&](int from, int to) {
    std::memset(input + static_cast<std::size_t>(from) * stride, bar_gray,
                static_cast<std::size_t>(to - from) * stride);
  };
  rows(0, picture.y);
  rows(below, options.height);
  if (picture.width == options.width) return;
  for (int y = picture.y; y < below; ++y) {
    std::uint8_t* row = input + static_cast<std::size_t>(y) * stride;
    std::memset(row, bar_gray, bytes(picture.x));
    std::memset(row + bytes(right), bar_gray, bytes(options.width - right));
  }
}

}  // namespace inflight
