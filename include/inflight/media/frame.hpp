// One decoded picture in the decoder's own memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "inflight/base/clock.hpp"

struct AVFrame;

namespace inflight {

/// How the planes of a frame lie in memory. Readers give only these; anything else is converted once while reading.
enum class PixelLayout {
  gray,         ///< one plane, luma only
  planar,       ///< Y, U and V, a plane each
  semi_planar,  ///< Y, then U and V interleaved in one plane (NV12); 8 bit only
  bgra,         ///< one plane of bytes B, G, R, A; 8 bit only
};

/// The layout together with the sample size and the subsampling of the chroma planes.
struct PixelFormat {
  PixelLayout layout = PixelLayout::planar;
  int bit_depth = 8;       ///< above 8: two bytes per sample, little-endian, the value in the low bits
  int chroma_shift_x = 1;  ///< 1: half the luma's width
  int chroma_shift_y = 1;  ///< 1: half the luma's height

  bool operator==(const PixelFormat&) const = default;
};

/// The matrix between YUV and RGB.
enum class ColorMatrix { bt601, bt709, bt2020 };

/// One plane, borrowed from its frame.
struct Plane {
  const std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;  ///< bytes from one row to the next
  int width = 0;              ///< samples per row; interleaved ones (U and V, or B, G, R, A) count as one
  int height = 0;             ///< rows
};

/// A picture that a reader decoded. Holds a reference to the decoder's buffers and never copies them.
///
/// Move-only; `share()` makes a second reference to the same pixels. Reading into a frame that was read into before
/// allocates nothing. Thread: one at a time. Owns: its reference, until it is released, read into or destroyed.
class Frame {
 public:
  /// An empty frame, to be read into.
  Frame();
  Frame(Frame&&) noexcept;
  Frame& operator=(Frame&&) noexcept;
  ~Frame();

  /// Another reference to the same pixels. Allocates. Throws: std::bad_alloc.
  Frame share() const;
  /// Gives the pixels back to the decoder; the frame is empty and can be read into again.
  void release() noexcept;
  /// Whether there are no pixels.
  bool empty() const noexcept;

  /// Width in pixels as stored, before rotation.
  int width() const noexcept;
  /// Height in pixels as stored, before rotation.
  int height() const noexcept;
  /// Degrees clockwise (0, 90, 180, 270) by which the stored picture is to be turned to stand upright.
  int rotation() const noexcept { return rotation_; }
  /// Width in pixels as seen, after rotation.
  int display_width() const noexcept { return rotation_ % 180 == 0 ? width() : height(); }
  /// Height in pixels as seen, after rotation.
  int display_height() const noexcept { return rotation_ % 180 == 0 ? height() : width(); }

  /// How the planes lie in memory.
  PixelFormat format() const noexcept { return format_; }
  /// Between its YUV and RGB.
  ColorMatrix matrix() const noexcept { return matrix_; }
  /// Whether samples of 8 bit go from 0 to 255, and not from 16 to 235 (240 for chroma).
  bool full_range() const noexcept { return full_range_; }

  /// As many as the layout has; 0 while empty.
  int plane_count() const noexcept;
  /// A plane by its number, borrowed until the frame is released or read into; without data when there is none.
  Plane plane(int index) const noexcept;

  /// Presentation time from the start of the stream.
  std::chrono::nanoseconds time() const noexcept { return time_; }
  /// When the decoder gave it.
  TimePoint captured() const noexcept { return captured_; }
  /// How long its reader read packets, or waited for them, since the frame before.
  Clock::duration demuxing() const noexcept { return demuxing_; }

 private:
  friend class FrameAccess;  // media's own way to the AVFrame

  struct Deleter {
    void operator()(AVFrame* frame) const noexcept;
  };

  std::unique_ptr<AVFrame, Deleter> frame_;
  PixelFormat format_;
  ColorMatrix matrix_ = ColorMatrix::bt601;
  bool full_range_ = false;
  int rotation_ = 0;
  std::chrono::nanoseconds time_{0};
  TimePoint captured_;
  Clock::duration demuxing_{};
};

}  // namespace inflight
