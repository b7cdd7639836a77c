#include "inflight/sinks/dashboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "dashboard_layout.hpp"
#include "text_fit.hpp"

namespace inflight {

namespace {

constexpr Color rgb(unsigned value, double alpha = 1) noexcept {
  return {((value >> 16) & 255U) / 255.0, ((value >> 8) & 255U) / 255.0, (value & 255U) / 255.0, alpha};
}

constexpr Color background = rgb(0x14171c), empty = rgb(0x2b313a), bright = rgb(0xe8eaed), dim = rgb(0x9aa3ae);
constexpr Color behind_picture = rgb(0x0b0d10), behind_message = rgb(0x0b0d10, 0.82);
constexpr Color warning = rgb(0xf59e0b), trouble = rgb(0xf87171);

// The keys of live_command.cpp, and what they do.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> keys{{{"s", "sync"},
                                                                             {"t", "two-requests"},
                                                                             {"a", "queue"},
                                                                             {"+ -", "requests"},
                                                                             {"l", "hint"},
                                                                             {"space", "pause"},
                                                                             {"r", "restart"},
                                                                             {"q", "quit"}}};

/// Three digits tell enough.
std::string number(double value) {
  if (!std::isfinite(value)) return "-";
  return value > 0 && value < 99.95 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

std::string old(double milliseconds) {
  if (milliseconds < 1000) return fmt::format("{:.0f} ms old", milliseconds);
  const double seconds = milliseconds / 1000;
  return seconds < 120 ? fmt::format("{:.0f} s old", seconds) : fmt::format("{:.0f} min old", seconds / 60);
}

class Painter {
 public:
  Painter(Canvas& canvas, const LiveFigures& figures)
      : canvas_(canvas),
        figures_(figures),
        at_(lay_out_dashboard(canvas.width(), canvas.height(), figures.ways.size(), figures.requests)),
        line_(at_.line) {}

  void paint(const Canvas* picture) {
    paint_picture(picture);
    fill(at_.panel, background);
    fill(at_.keys, background);
    if (line_ < 1) return;  // a canvas too small for any letter
    paint_running();
    paint_ways();
    paint_requests();
    paint_rows();
    paint_keys();
  }

 private:
  TextStyle style(Color color, double size = 1, bool bold = false, TextAlign align = TextAlign::left) const {
    return {.size = size * line_, .color = color, .bold = bold, .align = align};
  }

  void fill(const Area& area, Color color, double radius = 0) {
    if (area.width > 0 && area.height > 0) {
      canvas_.filled_rectangle(area.x, area.y, area.width, area.height, color, radius);
    }
  }

  /// In the middle of the area's height; shortened to its width.
  void write(const Area& area, std::string_view text, const TextStyle& how) {
    const double x = how.align == TextAlign::left    ? area.x
                     : how.align == TextAlign::right ? area.right()
                                                     : area.x + area.width / 2.0;
    canvas_.text(x, area.y + (area.height - how.size) / 2, shortened(canvas_, text, how, area.width), how);
  }

  /// "cores        7.9 of 8"
  void write_row(const Area& area, std::string_view name, std::string_view value, Color color = bright,
                 double size = 1) {
    const TextStyle left = style(dim, size), right = style(color, size, false, TextAlign::right);
    write(area, name, left);
    const int taken = static_cast<int>(std::ceil(canvas_.text_width(name, left) + line_));
    write({area.x + taken, area.y, std::max(area.width - taken, 0), area.height}, value, right);
  }

  void paint_picture(const Canvas* picture);
  void paint_age(const Area& picture);
  void paint_message(const Area& picture);
  void paint_running();
  void paint_ways();
  void paint_requests();
  void paint_rows();
  void paint_keys();

  const LiveWay* running() const {
    return figures_.running < figures_.ways.size() ? &figures_.ways[figures_.running] : nullptr;
  }
  Color accent() const { return running() ? way_color(running()->name) : dim; }

  Canvas& canvas_;
  const LiveFigures& figures_;
  const DashboardLayout at_;
  const double line_;
};

void Painter::paint_picture(const Canvas* picture) {
  const Area& room = at_.picture;
  const Area place = picture ? fitted(room, picture->width(), picture->height()) : room;
  fill({room.x, room.y, room.width, place.y - room.y}, behind_picture);
  fill({room.x, place.bottom(), room.width, room.bottom() - place.bottom()}, behind_picture);
  fill({room.x, place.y, place.x - room.x, place.height}, behind_picture);
  fill({place.right(), place.y, room.right() - place.right(), place.height}, behind_picture);
  if (!picture) {
    fill(place, behind_picture);
    if (line_ >= 1) write(place, "no picture yet", style(dim, 1, false, TextAlign::center));
  } else if (place.width > 0 && place.height > 0) {
    canvas_.paste(*picture, place.x, place.y, place.width, place.height);
  }
  if (line_ < 1) return;
  if (picture && figures_.live) paint_age(place);
  if (!figures_.message.empty()) paint_message(place);
}

/// In the picture's corner; beside a narrow one also over its edge.
void Painter::paint_age(const Area& picture) {
  const std::string text = old(figures_.age);
  const TextStyle how = style(figures_.age < 1000 ? bright : warning, 0.85);
  const int inset = static_cast<int>(0.4 * line_), height = static_cast<int>(1.3 * line_);
  const int width = static_cast<int>(canvas_.text_width(text, how) + line_);
  if (picture.height < height + 2 * inset || at_.picture.width < width + 2 * inset) return;
  const int left = std::min(picture.x + inset, at_.picture.right() - inset - width);
  const Area pill{left, picture.y + inset, width, height};
  fill(pill, behind_message, height / 4.0);
  write({pill.x + static_cast<int>(0.5 * line_), pill.y, width, height}, text, how);
}

void Painter::paint_message(const Area& picture) {
  constexpr double padding = 0.4;
  constexpr std::size_t most_lines = 3;
  const TextStyle how = style(bright, 1, false, TextAlign::center);
  const int room = picture.width - static_cast<int>(2 * padding * line_);
  const auto lines = wrapped(canvas_, figures_.message, how, room, most_lines);
  const int height =
      std::min(static_cast<int>((static_cast<double>(lines.size()) * 1.2 + 2 * padding) * line_), picture.height);
  const Area band{picture.x, picture.bottom() - height, picture.width, height};
  fill(band, behind_message);
  double y = band.y + padding * line_;
  for (const std::string& text : lines) {
    canvas_.text(band.x + band.width / 2.0, y + 0.1 * line_, text, how);
    y += 1.2 * line_;
  }
}

void Painter::paint_running() {
  const double radius = at_.running.height / 4.0;
  if (const LiveWay* way = running()) {
    const TextStyle how = style(background, 1.1, true, TextAlign::center);
    Area pill = at_.running;
    pill.width = std::min(pill.width, static_cast<int>(canvas_.text_width(way->name, how) + 1.2 * line_));
    fill(pill, accent(), radius);
    write(pill, way->name, how);
  }
  if (figures_.paused || figures_.ended) {
    const std::string_view state = figures_.ended ? "ended" : "paused";
    const TextStyle how = style(background, 1, true, TextAlign::center);
    const int width = std::min(at_.state.width, static_cast<int>(canvas_.text_width(state, how) + 1.2 * line_));
    const Area pill{at_.state.right() - width, at_.state.y, width, at_.state.height};
    fill(pill, warning, radius);
    write(pill, state, how);
  }
  const Area& area = at_.speed;
  const TextStyle large{.size = static_cast<double>(area.height), .color = bright, .bold = true};
  const std::string speed = number(figures_.fps);
  const double width = canvas_.text_width(speed, large) + 0.4 * line_;
  canvas_.text(area.x, area.y, speed, large);
  constexpr double foot = 0.8;  // of the height of a line, in the usual fonts
  if (width + canvas_.text_width("frames/s", style(dim)) <= area.width) {
    canvas_.text(area.x + width, area.y + foot * (area.height - line_), "frames/s", style(dim));
  }
}

void Painter::paint_ways() {
  double fastest = 0;
  for (const LiveWay& way : figures_.ways) fastest = std::max(fastest, way.fps);
  for (std::size_t i = 0; i < figures_.ways.size(); ++i) {
    const LiveWay& way = figures_.ways[i];
    const DashboardLayout::Way& at = at_.ways[i];
    const bool runs = i == figures_.running;
    const Color color = runs ? bright : dim;
    write(at.name, way.name, style(color, 1, runs));
    const TextStyle right = style(color, 1, false, TextAlign::right);
    if (way.fps > 0) {
      const int ratio = static_cast<int>(at.figures.width * 0.6);
      write({at.figures.x, at.figures.y, at.figures.width - ratio, at.figures.height}, number(way.fps) + "/s", right);
      if (way.ratio_to_sync > 0) {
        write({at.figures.right() - ratio, at.figures.y, ratio, at.figures.height},
              number(way.ratio_to_sync) + " x sync", right);
      }
    } else {
      write(at.figures, "not run yet", right);
    }
    const double radius = at.bar.height / 2.0;
    fill(at.bar, empty, radius);
    const double share = fastest > 0 ? std::clamp(way.fps / fastest, 0.0, 1.0) : 0;
    if (share > 0) {
      const int width =
          std::max(static_cast<int>(std::lround(at.bar.width * share)), std::min(at.bar.height, at.bar.width));
      fill({at.bar.x, at.bar.y, width, at.bar.height}, way_color(way.name), radius);
    }
  }
}

void Painter::paint_requests() {
  write_row(at_.cores, "cores", fmt::format("{} of {}", number(figures_.cores_used), figures_.cores));
  write_row(at_.in_flight, "in flight", fmt::format("{} of {}", figures_.in_flight, figures_.requests));
  // Of very many requests, a cell stands for several.
  const double per_cell =
      at_.cells.empty() ? 1 : static_cast<double>(figures_.requests) / static_cast<double>(at_.cells.size());
  for (std::size_t i = 0; i < at_.cells.size(); ++i) {
    const Area& cell = at_.cells[i];
    const bool full = static_cast<double>(i) * per_cell < static_cast<double>(figures_.in_flight);
    fill(cell, full ? accent() : empty, std::min(cell.width, cell.height) / 6.0);
  }
}

void Painter::paint_rows() {
  write_row(at_.latency, "latency",
            fmt::format("p50 {} ms, p99 {} ms", number(figures_.latency_p50), number(figures_.latency_p99)));
  write_row(at_.frames, "frames", fmt::format("{} in {:.0f} s", figures_.frames, figures_.seconds));
  if (figures_.failed > 0) {
    write_row(at_.dropped, "dropped", fmt::format("{}, failed {}", figures_.dropped, figures_.failed), trouble);
  } else {
    write_row(at_.dropped, "dropped", std::to_string(figures_.dropped));
  }
  write_row(at_.hint, "hint", figures_.hint);

  const auto with = [](const std::string& text, const std::string& more) {
    return text.empty() || more.empty() ? text + more : text + ", " + more;
  };
  const std::string pace = figures_.source_fps > 0 ? number(figures_.source_fps) + " frames/s" : "";
  constexpr double small = 0.85;
  write_row(at_.source, "source", with(figures_.source, pace), dim, small);
  write_row(at_.model, "model", figures_.model, dim, small);
  write_row(at_.device, "device", figures_.device, dim, small);
}

void Painter::paint_keys() {
  const Area& area = at_.keys;
  const double size = area.height / (at_.key_lines + 0.5);
  const TextStyle key{.size = size, .color = bright, .bold = true}, word{.size = size, .color = dim};
  const std::size_t in_line =
      (keys.size() + static_cast<std::size_t>(at_.key_lines) - 1) / static_cast<std::size_t>(at_.key_lines);
  double x = 0, y = area.y + size * 0.25 - size;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % in_line == 0) {
      x = size * 0.6;
      y += size;
    }
    const auto& [name, meaning] = keys[i];
    canvas_.text(x, y, name, key);
    x += canvas_.text_width(name, key) + 0.35 * size;
    canvas_.text(x, y, meaning, word);
    x += canvas_.text_width(meaning, word) + size;
  }
}

}  // namespace

void paint_dashboard(Canvas& canvas, const Canvas* picture, const LiveFigures& figures) {
  Painter(canvas, figures).paint(picture);
}

Size picture_size_on_dashboard(int width, int height, int frame_width, int frame_height) {
  const Area place = fitted(lay_out_dashboard(width, height, 0, 0).picture, frame_width, frame_height);
  return {std::max(place.width, 1), std::max(place.height, 1)};
}

Color way_color(std::string_view way) noexcept {
  if (way == "sync") return rgb(0x94a4b8);
  if (way == "two-requests") return rgb(0xd9a441);
  if (way == "queue") return rgb(0x4d9ff0);
  return rgb(0xc084fc);
}

}  // namespace inflight
