// Pictures as JPEG, by libjpeg-turbo.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "inflight/draw/canvas.hpp"

namespace inflight {

/// Encodes pictures of any size, keeping its memory between them. Thread: one at a time.
class JpegEncoder {
 public:
  /// `quality`: 1 to 100. Throws: UsageError for another one, Error when there is no memory.
  explicit JpegEncoder(int quality = 80);
  JpegEncoder(JpegEncoder&&) noexcept;
  JpegEncoder& operator=(JpegEncoder&&) noexcept;
  ~JpegEncoder();

  /// The picture as a JPEG file, valid until the next call. Throws: Error when it cannot be encoded.
  std::span<const std::uint8_t> encode(const Canvas& picture);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
