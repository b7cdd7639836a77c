// Where a picture lies in the model's input.
#pragma once

#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// The part of the input that the picture fills, in pixels, and the way back to the frame.
struct Placement {
  int x = 0, y = 0, width = 0, height = 0;
  Mapping mapping;
};

/// `width` and `height` are those of the upright frame.
Placement place(int width, int height, const PreprocessOptions& options) noexcept;

/// Paints the part of the input that the picture leaves free.
void paint_bars(const Placement& picture, const PreprocessOptions& options, std::uint8_t* input) noexcept;

}  // namespace inflight
