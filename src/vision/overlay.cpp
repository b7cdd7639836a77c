#include "inflight/vision/overlay.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "inflight/base/error.hpp"

namespace inflight {

namespace {

constexpr std::array<Color, 6> box_colors{{{0.10, 0.90, 0.30, 1},
                                           {1.00, 0.65, 0.00, 1},
                                           {0.20, 0.70, 1.00, 1},
                                           {1.00, 0.35, 0.75, 1},
                                           {0.95, 0.90, 0.10, 1},
                                           {0.65, 0.45, 1.00, 1}}};
constexpr Color dark{0, 0, 0, 0.75};
constexpr Color white{1, 1, 1, 1};

/// Sizes that suit the picture: readable at 176x144, not coarse at 1280x720.
struct Pen {
  explicit Pen(const Canvas& canvas) {
    const double side = std::min(canvas.width(), canvas.height());
    line = std::max(1.0, side / 240);
    text = std::max(10.0, side / 26);
    dot = std::max(1.0, side / 160);
  }

  double line = 0, text = 0, dot = 0;
};

std::string tag(const Detection& detection, std::span<const std::string> labels) {
  const auto index = static_cast<std::size_t>(std::max(detection.label, 0));
  std::array<char, 16> score{};
  std::snprintf(score.data(), score.size(), " %.2f", static_cast<double>(detection.score));
  return (index < labels.size() ? labels[index] : "#" + std::to_string(detection.label)) + score.data();
}

void paint_tag(Canvas& canvas, const Box& box, const std::string& text, double size, Color color) {
  const double room = canvas.width() - canvas.label_width(text, size);
  const double x = std::clamp<double>(box.x0, 0, std::max(room, 0.0));
  const double above = box.y0 - size;
  canvas.label(x, above >= 0 ? above : box.y0, text, size, color, dark);
}

}  // namespace

void paint_detections(Canvas& canvas, std::span<const Detection> detections, std::span<const std::string> labels) {
  const Pen pen(canvas);
  for (const Detection& detection : detections) {
    const Color color = box_colors[static_cast<std::size_t>(std::max(detection.label, 0)) % box_colors.size()];
    const Box& box = detection.box;
    canvas.rectangle(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, color, pen.line);
    const auto landmarks = std::span(detection.landmarks).first(static_cast<std::size_t>(detection.landmark_count));
    for (const Point& point : landmarks) canvas.dot(point.x, point.y, pen.dot, color);
    paint_tag(canvas, box, tag(detection, labels), pen.text, color);
  }
}

void paint_caption(Canvas& canvas, std::string_view text) {
  if (text.empty()) return;
  const double size = Pen(canvas).text;
  const double fitting = std::min(1.0, canvas.width() / canvas.label_width(text, size));
  canvas.label(0, 0, text, size * fitting, white, dark);
}

std::vector<std::string> read_labels(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> labels;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    labels.push_back(line);
  }
  if (!file.eof() || file.bad() || labels.empty()) {
    throw Error(path + ": cannot be read as labels; give a text file with one label per line");
  }
  return labels;
}

}  // namespace inflight
