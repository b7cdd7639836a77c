#include "columns.hpp"

#include <cstring>

namespace inflight {

void ColumnScaler::fit(int source_width, int target_width) {
  if (axis_.source == source_width && axis_.target == target_width) return;
  axis_.fit(source_width, target_width);
  const auto size = static_cast<std::size_t>(target_width) * 4;
  left_.resize(size);
  right_.resize(size);
  weights_.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::size_t pixel = i / 4;
    int weight = axis_.weight[pixel];
    if (weight == Axis::one) {  // would not fit into 16 bits below; all of the second is none of the first
      axis_.first[pixel] = axis_.second[pixel];
      weight = 0;
    }
    weights_[i] = static_cast<std::int16_t>((weight - Axis::one / 2) * 32);
  }
}

void ColumnScaler::scale(const std::uint8_t* pixels, std::int16_t* values) noexcept {
  const int width = axis_.target;
  const int* const first = axis_.first.data();
  const int* const second = axis_.second.data();
  std::uint8_t* const left = left_.data();
  std::uint8_t* const right = right_.data();
  for (int i = 0; i < width; ++i) {
    std::memcpy(left + 4 * i, pixels + 4 * first[i], 4);
    std::memcpy(right + 4 * i, pixels + 4 * second[i], 4);
  }
  // (left * (2048 - w) + right * w) >> 4, in steps of 16 bits, of which a vector register holds eight:
  // ((left + right) << 6) + (((right - left) * (w - 1024)) >> 4).
  const std::int16_t* const weights = weights_.data();
  for (int i = 0; i < 4 * width; ++i) {
    const auto sum = static_cast<std::int16_t>((left[i] + right[i]) << 6);
    const auto difference = static_cast<std::int16_t>((right[i] - left[i]) * 128);
    values[i] = static_cast<std::int16_t>(sum + ((difference * weights[i]) >> 16));
  }
}

}  // namespace inflight
