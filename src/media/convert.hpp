// Pictures in formats that nobody downstream reads, into the nearest one that they do.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "ffmpeg_handles.hpp"

namespace inflight {

/// Converts by libswscale, keeping size, subsampling, matrix and range (YUV stays YUV, so no colour is computed).
/// Pixels come from a pool, so that a run of pictures of one size and format allocates none.
class Converter {
 public:
  /// `input` is named when something fails.
  explicit Converter(std::string input) : input_(std::move(input)) {}

  /// Fills the empty frame `to`. Throws: Error when FFmpeg cannot convert the format; std::bad_alloc.
  void operator()(const AVFrame& from, AVFrame& to);

 private:
  struct Shape {
    int width, height;
    AVPixelFormat format;
    bool operator==(const Shape&) const = default;
  };

  void prepare(const Shape& shape);

  std::string input_;
  std::optional<Shape> shape_;
  AVPixelFormat target_ = AV_PIX_FMT_NONE;
  ScalerHandle scaler_;
  PoolHandle pool_;
};

}  // namespace inflight
