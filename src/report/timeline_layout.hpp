// Where everything is in the picture of a timeline, whatever draws it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "inflight/report/timeline_picture.hpp"

namespace inflight::report {

/// Colours by what they are for. Frames take turns in `frame_colors` of them.
enum class Paint { ink, faint, rule, on_dark, on_light, frame };
inline constexpr int frame_colors = 6;

/// A filled rectangle, or the edges of one.
struct Patch {
  double x = 0, y = 0, width = 0, height = 0;
  Paint paint = Paint::frame;
  int color = 0;       ///< of a frame, below `frame_colors`
  double opacity = 1;  ///< of the filling
  bool edge = false;   ///< has edges as well, in full colour
  std::string tip{};   ///< for whoever points at it
};

/// A line of text, `y` its base line.
struct Caption {
  enum class Align { left, middle, right };
  double x = 0, y = 0, size = 13;
  std::string text;
  Paint paint = Paint::ink;
  Align align = Align::left;
  bool bold = false;
};

/// All of it, in the order in which it is drawn: patches, then captions.
struct TimelineDrawing {
  double width = 0, height = 0;
  std::vector<Patch> patches;
  std::vector<Caption> captions;
  std::string title, description;  ///< for who cannot see it
};

/// Empty, of height 0, when no way has frames.
TimelineDrawing lay_out(std::span<const TimelineWay> ways, const TimelineLook& look);

/// How many milliseconds to show of these ways when nobody says.
Milliseconds good_length(std::span<const TimelineWay> ways);

}  // namespace inflight::report
