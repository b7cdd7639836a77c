// An H.264 MP4 from pictures drawn by the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace inflight {

/// Writes pictures as H.264 in MP4.
///
/// The file appears under its name only when `finish()` succeeded; before that, and after a failure, there is at most
/// a neighbour that the destructor removes. Thread: one at a time. Blocks: on encoder and disk.
class VideoWriter {
 public:
  /// `width` and `height` in pixels (odd sizes lose their last column or row), `frame_rate` in frames per second.
  /// Missing folders are made. Throws: Error when `path` cannot be written or is no regular file (MP4 completes its
  /// header at the end), or there is no H.264 encoder; UsageError for a size or rate that no video has.
  VideoWriter(const std::string& path, int width, int height, double frame_rate);
  ~VideoWriter();

  /// Whether a video can be of this size, in pixels.
  static bool can_write(int width, int height) noexcept;
  /// Whether a video can have so many frames per second.
  static bool can_play(double frame_rate) noexcept;

  /// Adds one picture: rows of B, G, R, A bytes, `stride` bytes apart, of the size given at construction.
  /// Throws: Error when the disk is full or the encoder fails.
  void write(const std::uint8_t* bgra, std::ptrdiff_t stride);

  /// Flushes the encoder, completes the file and gives it its name. Twice is once. Throws: Error as `write`.
  void finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
