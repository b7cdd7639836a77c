// The last step of preprocessing: scaled BGRA rows into the model's input, turned upright.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// Takes the rows of the picture as stored, some at a time and in order. Keeps its scratch between pictures.
class InputWriter {
 public:
  /// Where the upright picture goes.
  struct Target {
    std::uint8_t* data = nullptr;
    int stride = 0;  ///< bytes
    ColorOrder color = ColorOrder::rgb;
  };

  /// Begins a picture of `width` x `height` pixels as stored, to be turned by `rotation` degrees clockwise; at most
  /// `most_rows` are written at once. Allocates only for a larger picture than before.
  void begin(const Target& target, int width, int height, int rotation, int most_rows);

  /// Room for the next rows: B, G, R, A, without gaps.
  std::uint8_t* next_rows() noexcept;
  /// Takes the `count` rows that were written there.
  void commit(int count) noexcept;
  /// Ends the picture.
  void finish() noexcept;

 private:
  void emit(const std::uint8_t* bgra, int width, int height, std::uint8_t* to) const noexcept;

  Target target_;
  int width_ = 0, height_ = 0, rotation_ = 0, row_ = 0;
  std::vector<std::uint8_t> rows_;  // all of them when the picture is to be turned
  std::vector<std::uint8_t> upright_;
};

}  // namespace inflight
