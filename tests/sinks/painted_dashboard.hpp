// Dashboards as the tests paint them.
#pragma once

#include <utility>

#include "example_figures.hpp"
#include "inflight/sinks/dashboard.hpp"
#include "pixels.hpp"
#include "sinks/dashboard_layout.hpp"

namespace inflight::test {

inline constexpr std::pair<int, int> sizes[] = {{640, 360}, {1280, 720}, {480, 800}};

inline Canvas colored(int width, int height, Color color) {
  Canvas canvas(width, height);
  canvas.filled_rectangle(0, 0, width, height, color);
  return canvas;
}

inline const Canvas& example_picture() {
  static const Canvas picture = colored(320, 240, {1, 0, 0, 1});
  return picture;
}

inline Canvas painted(int width, int height, const LiveFigures& figures, const Canvas* picture = &example_picture()) {
  Canvas canvas = colored(width, height, {1, 0, 1, 1});  // what was there before must not show
  paint_dashboard(canvas, picture, figures);
  return canvas;
}

inline Area what_was_there_before(const Canvas& canvas) {
  return bounds_of(canvas.width(), canvas.height(),
                   [&](int x, int y) { return pixel(canvas, x, y) == Rgb{255, 0, 255}; });
}

inline DashboardLayout layout_of(const Canvas& canvas, const LiveFigures& figures) {
  return lay_out_dashboard(canvas.width(), canvas.height(), figures.ways.size(), figures.requests);
}

}  // namespace inflight::test
