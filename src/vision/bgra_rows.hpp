// Rows of a frame as B, G, R, A at full size.
#pragma once

#include <cstdint>
#include <vector>

#include "color.hpp"
#include "inflight/media/frame.hpp"
#include "yuv_row.hpp"

namespace inflight {

/// Converts only the rows that are asked for, so that a full-size picture never lies in memory.
class BgraRows {
 public:
  /// Takes a frame, which must stay until the last `read`.
  void open(const Frame& frame);

  /// Valid until the next `read` or `open`. The A of frames that come as BGRA is whatever they have there.
  const std::uint8_t* read(int row);

 private:
  int width_ = 0;
  Plane bgra_;  // without data for YUV frames
  ColorGains gains_;
  YuvRowReader rows_;
  ColorRow color_;
  std::vector<std::uint8_t> row_;
};

}  // namespace inflight
