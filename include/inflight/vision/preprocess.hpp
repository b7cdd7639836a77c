// From a frame to the model's input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "inflight/media/frame.hpp"

namespace inflight {

/// In which order the channels of a pixel lie in the model's input.
enum class ColorOrder { rgb, bgr };

/// How a frame becomes as large as the input.
enum class ResizeMode {
  stretch,    ///< fills the input, the aspect ratio is lost
  letterbox,  ///< keeps the aspect ratio, centred, grey (114) bars
};

/// Less work, or the same bytes as OpenCV.
enum class PreprocessPath {
  fast,   ///< the least work: heights are scaled before the colour conversion, widths after it
  exact,  ///< colour at full size, then scaled; from 8-bit 4:2:0 BT.601 video, bit for bit what programs on OpenCV get
};

/// From pixels of the model's input to pixels of the upright frame: frame = (input - offset) * scale.
struct Mapping {
  float offset_x = 0, offset_y = 0;
  float scale_x = 1, scale_y = 1;

  bool operator==(const Mapping&) const = default;
};

/// What frames are to become.
struct PreprocessOptions {
  int width = 0;  ///< of the model's input, pixels
  int height = 0;
  ColorOrder color = ColorOrder::rgb;
  ResizeMode resize = ResizeMode::stretch;
  PreprocessPath path = PreprocessPath::fast;
};

/// Writes frames of any size, format and rotation into 8-bit interleaved (NHWC) model input.
///
/// Keeps scratch planes, so that frames after the first of their size allocate nothing of ours. Thread: one at a time.
class Preprocessor {
 public:
  /// Throws: UsageError for a size below 1 or above 16384.
  explicit Preprocessor(PreprocessOptions options);
  Preprocessor(Preprocessor&&) noexcept;
  Preprocessor& operator=(Preprocessor&&) noexcept;
  ~Preprocessor();

  /// Fills `input` (height x width x 3 bytes) with the upright picture. Blocks: never; costs CPU.
  /// Throws: Error for an empty frame or an `input` of another size.
  Mapping operator()(const Frame& frame, std::span<std::uint8_t> input);

  /// As they were given.
  const PreprocessOptions& options() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
