// Rows of a frame as 8-bit Y, U and V, whatever its layout.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "inflight/media/frame.hpp"

namespace inflight {

/// One row of luma and the row of chroma that belongs to it.
struct YuvRow {
  const std::uint8_t* y = nullptr;
  const std::uint8_t* u = nullptr;
  const std::uint8_t* v = nullptr;
};

/// Gives rows of one frame, where possible the decoder's own memory.
class YuvRowReader {
 public:
  /// Takes the planes of a frame, which must stay until the last `read`. Allocates only for a wider frame than before.
  /// Not for BGRA frames.
  void open(const Frame& frame);

  /// Valid until the next `read` or `open`.
  YuvRow read(int row) noexcept;

  int width() const noexcept { return width_; }
  int chroma_width() const noexcept { return chroma_width_; }
  int chroma_shift_x() const noexcept { return format_.chroma_shift_x; }

 private:
  const std::uint8_t* eight_bit_row(int plane, int row) noexcept;

  PixelFormat format_;
  std::array<Plane, 3> planes_;
  int width_ = 0, chroma_width_ = 0;
  std::array<std::vector<std::uint8_t>, 3> scratch_;  // rows that have to be made
};

}  // namespace inflight
