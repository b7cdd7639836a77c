// The horizontal half of bilinear scaling.
#pragma once

#include <cstdint>
#include <vector>

#include "axis.hpp"

namespace inflight {

/// Scales rows of four-byte pixels to another width.
class ColumnScaler {
 public:
  static constexpr int fraction_bits = 7;

  /// Allocates only for a larger target than before.
  void fit(int source_width, int target_width);
  int target_width() const noexcept { return axis_.target; }

  /// Writes 4 * target_width() values with `fraction_bits` of fraction, rounded down.
  void scale(const std::uint8_t* pixels, std::int16_t* values) noexcept;

 private:
  Axis axis_;
  std::vector<std::int16_t> weights_;
  std::vector<std::uint8_t> left_, right_;
};

}  // namespace inflight
