// Looking at a canvas.
#pragma once

#include <cmath>
#include <ostream>

#include "inflight/draw/canvas.hpp"
#include "sinks/dashboard_layout.hpp"

namespace inflight::test {

struct Rgb {
  int red = 0, green = 0, blue = 0;

  bool operator==(const Rgb&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Rgb& color) {
  return out << "rgb(" << color.red << ", " << color.green << ", " << color.blue << ")";
}

inline Rgb pixel(const Canvas& canvas, int x, int y) {
  const std::uint8_t* p = canvas.data() + y * canvas.stride() + 4 * x;
  return {p[2], p[1], p[0]};
}

inline Rgb middle(const Canvas& canvas, const Area& area) {
  return pixel(canvas, area.x + area.width / 2, area.y + area.height / 2);
}

inline Rgb rgb_of(const Color& color) {
  const auto byte = [](double value) { return static_cast<int>(std::lround(value * 255)); };
  return {byte(color.red), byte(color.green), byte(color.blue)};
}

/// The smallest area with all pixels for which `holds(x, y)`.
template <typename Condition>
Area bounds_of(int width, int height, Condition&& holds) {
  int x0 = width, y0 = height, x1 = 0, y1 = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!holds(x, y)) continue;
      x0 = std::min(x0, x), y0 = std::min(y0, y), x1 = std::max(x1, x + 1), y1 = std::max(y1, y + 1);
    }
  }
  return x1 == 0 ? Area{} : Area{x0, y0, x1 - x0, y1 - y0};
}

inline Area difference(const Canvas& a, const Canvas& b) {
  return bounds_of(a.width(), a.height(), [&](int x, int y) { return pixel(a, x, y) != pixel(b, x, y); });
}

inline bool within(const Area& a, const Area& room, int margin = 0) {
  return a.x >= room.x - margin && a.y >= room.y - margin && a.right() <= room.right() + margin &&
         a.bottom() <= room.bottom() + margin;
}

}  // namespace inflight::test
