#include "picture_scaler.hpp"

#include <libyuv.h>

#include <algorithm>

#include "color.hpp"

namespace inflight {

namespace {

// Box filters look better below a half, but read every pixel: from 3840x2160, five times the cost of all the rest.
constexpr libyuv::FilterMode filter = libyuv::kFilterBilinear;

int halved(int size, int shift) noexcept { return (size + (1 << shift) - 1) >> shift; }

std::uint8_t* room(std::vector<std::uint8_t>& scratch, std::ptrdiff_t stride, int height) {
  const auto size = static_cast<std::size_t>(stride) * static_cast<std::size_t>(height);
  if (scratch.size() < size) scratch.resize(size);
  return scratch.data();
}

Plane scaled(const Plane& from, int width, int height, std::vector<std::uint8_t>& scratch) {
  if (from.width == width && from.height == height) return from;
  std::uint8_t* const to = room(scratch, width, height);
  libyuv::ScalePlane(from.data, static_cast<int>(from.stride), from.width, from.height, to, width, width, height,
                     filter);
  return {to, width, width, height};
}

void make_opaque(const PictureScaler::Target& target) noexcept {  // the A of decoded BGRA may be anything
  for (int y = 0; y < target.height; ++y) {
    std::uint8_t* const row = target.data + static_cast<std::ptrdiff_t>(y) * target.stride;
    for (int x = 0; x < target.width; ++x) row[4 * x + 3] = 255;
  }
}

}  // namespace

/// How a stored picture becomes an upright one of the target's size.
struct PictureScaler::Shape {
  Shape(const Frame& frame, bool mirror, const Target& target) {
    const int rotation = frame.rotation();
    sideways = rotation % 180 != 0;
    width = sideways ? target.height : target.width;
    height = sideways ? target.width : target.height;
    // A picture in the mirror is one that was flipped top to bottom and then turned, by 180 degrees less if not
    // sideways.
    flip = mirror;
    turn = static_cast<libyuv::RotationMode>(mirror && !sideways ? 180 - rotation : rotation);
  }

  bool stays() const noexcept { return turn == libyuv::kRotate0 && !flip; }
  int flipped(int rows) const noexcept { return flip ? -rows : rows; }  // libyuv's way to ask for it

  Plane turned(const Plane& from, std::vector<std::uint8_t>& scratch) const {
    if (stays()) return from;
    const int to_width = sideways ? from.height : from.width, to_height = sideways ? from.width : from.height;
    std::uint8_t* const to = room(scratch, to_width, to_height);
    libyuv::RotatePlane(from.data, static_cast<int>(from.stride), to, to_width, from.width, flipped(from.height), turn);
    return {to, to_width, to_width, to_height};
  }

  int width = 0, height = 0;  // of the target, as stored
  bool sideways = false, flip = false;
  libyuv::RotationMode turn = libyuv::kRotate0;  // after the flip
};

PictureScaler::Planes PictureScaler::eight_bit_planes(const Frame& frame) {
  const PixelFormat format = frame.format();
  Planes planes;
  for (int i = 0; i < frame.plane_count(); ++i) planes[static_cast<std::size_t>(i)] = frame.plane(i);
  if (format.layout == PixelLayout::semi_planar) {
    const Plane both = planes[1];
    std::uint8_t* const u = room(eight_bit_[1], both.width, both.height);
    std::uint8_t* const v = room(eight_bit_[2], both.width, both.height);
    libyuv::SplitUVPlane(both.data, static_cast<int>(both.stride), u, both.width, v, both.width, both.width,
                         both.height);
    planes[1] = {u, both.width, both.width, both.height};
    planes[2] = {v, both.width, both.width, both.height};
  } else if (format.bit_depth > 8) {
    for (std::size_t i = 0; i < planes.size() && planes[i].data; ++i) {
      const Plane from = planes[i];
      std::uint8_t* const to = room(eight_bit_[i], from.width, from.height);
      libyuv::Convert16To8Plane(reinterpret_cast<const std::uint16_t*>(from.data), static_cast<int>(from.stride / 2),
                                to, from.width, 1 << (24 - format.bit_depth), from.width, from.height);
      planes[i] = {to, from.width, from.width, from.height};
    }
  }
  return planes;
}

void PictureScaler::paint_yuv(const Frame& frame, const Shape& shape, const Target& target) {
  // libyuv converts 4:2:0, 4:2:2 and 4:4:4. Everything else, and 4:2:2 turned sideways, becomes 4:4:4.
  const PixelFormat format = frame.format();
  int shift_x = std::min(format.chroma_shift_x, 1), shift_y = std::min(format.chroma_shift_y, 1);
  if (shape.sideways ? shift_x != shift_y : shift_y > shift_x) shift_x = shift_y = 0;

  const Planes stored = eight_bit_planes(frame);
  Planes upright;
  for (std::size_t i = 0; i < stored.size() && stored[i].data; ++i) {
    const int width = halved(shape.width, i == 0 ? 0 : shift_x), height = halved(shape.height, i == 0 ? 0 : shift_y);
    upright[i] = shape.turned(scaled(stored[i], width, height, scaled_[i]), turned_[i]);
  }
  const auto& [y, u, v] = upright;
  const auto stride = [](const Plane& plane) { return static_cast<int>(plane.stride); };
  const auto& constants = yuv_constants(frame.matrix(), frame.full_range());
  if (!u.data) {
    libyuv::I400ToARGBMatrix(y.data, stride(y), target.data, target.stride, &constants, target.width, target.height);
    return;
  }
  const auto to_bgra = shift_y == 1   ? libyuv::I420ToARGBMatrix
                       : shift_x == 1 ? libyuv::I422ToARGBMatrix
                                      : libyuv::I444ToARGBMatrix;
  to_bgra(y.data, stride(y), u.data, stride(u), v.data, stride(v), target.data, target.stride, &constants, target.width,
          target.height);
}

void PictureScaler::paint_bgra(const Frame& frame, const Shape& shape, const Target& target) {
  const Plane from = frame.plane(0);
  const bool scales = from.width != shape.width || from.height != shape.height;
  const std::uint8_t* data = from.data;
  int stride = static_cast<int>(from.stride);
  if (scales) {
    const int to_stride = shape.stays() ? target.stride : shape.width * 4;
    std::uint8_t* const to = shape.stays() ? target.data : room(scaled_[0], to_stride, shape.height);
    libyuv::ARGBScale(data, stride, from.width, from.height, to, to_stride, shape.width, shape.height, filter);
    data = to;
    stride = to_stride;
  }
  if (data != target.data) {
    libyuv::ARGBRotate(data, stride, target.data, target.stride, shape.width, shape.flipped(shape.height), shape.turn);
  }
  make_opaque(target);
}

void PictureScaler::operator()(const Frame& frame, bool mirror, const Target& target) {
  const Shape shape(frame, mirror, target);
  if (frame.format().layout == PixelLayout::bgra) {
    paint_bgra(frame, shape, target);
  } else {
    paint_yuv(frame, shape, target);
  }
}

}  // namespace inflight
