// The model families there are, and what they share.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "inflight/vision/adapter.hpp"

namespace inflight {

/// Each gives nothing where the outputs are not those of its family.
std::unique_ptr<ModelAdapter> make_ssd(std::span<const TensorInfo> outputs);
std::unique_ptr<ModelAdapter> make_centerface(std::span<const TensorInfo> outputs);
std::unique_ptr<ModelAdapter> make_raw(std::span<const TensorInfo> outputs);

/// From pixels of the input to pixels of the frame.
inline Point to_frame(Point input, const Mapping& mapping) noexcept {
  return {(input.x - mapping.offset_x) * mapping.scale_x, (input.y - mapping.offset_y) * mapping.scale_y};
}

/// A box of input pixels as one of frame pixels, cut at the frame's edges; nothing when it has no area there or its
/// numbers are not finite.
std::optional<Box> box_in_frame(const Box& input, Size frame, const Mapping& mapping) noexcept;

/// For families whose models come with their size: that one (empty), or where sides are open the frame's, up to 640.
Size keep_or_follow(Size model_input, Size frame) noexcept;

enum class Rounding { nearest, up };

/// The size of the frame, shrunk until its longer side is at most `longest`, in multiples of 32.
Size shrink(Size frame, int longest, Rounding rounding) noexcept;

}  // namespace inflight
