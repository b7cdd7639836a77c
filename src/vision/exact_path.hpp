// Colour first, then scale: the way of programs on OpenCV.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "axis.hpp"
#include "bgra_rows.hpp"
#include "columns.hpp"
#include "input_writer.hpp"

namespace inflight {

/// Gives, bit for bit, what cv2.VideoCapture and cv2.resize (INTER_LINEAR) give for 8-bit 4:2:0 video, but converts
/// only the rows that the result needs.
class ExactPath {
 public:
  /// Writes the frame, scaled to `width` x `height` pixels as stored, and turned upright.
  void operator()(const Frame& frame, int width, int height, const InputWriter::Target& target);

 private:
  /// A row of the frame at the target's width.
  struct WideRow {
    int row = -1;
    std::vector<std::int16_t> values;
  };

  BgraRows rows_;
  Axis axis_;
  ColumnScaler columns_;
  std::array<WideRow, 2> wide_;  // even and odd rows: neighbours never share a place
  InputWriter writer_;
};

}  // namespace inflight
