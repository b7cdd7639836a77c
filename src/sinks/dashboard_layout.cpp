#include "dashboard_layout.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace inflight {

namespace {

// Heights in lines of text.
constexpr double running_lines = 1.4, running_gap = 0.15, speed_lines = 2.3;
constexpr double way_lines = 1.15, bar_lines = 0.45, bar_gap = 0.3;
constexpr double row_lines = 1.15, cell_gap = 0.15, cell_lines = 1.2, info_lines = 1;
constexpr double least_gap = 0.35, largest_gap = 1.1;  // between groups
constexpr double padding = 0.6;                        // around the panel's content
constexpr double panel_width = 18;                     // of the panel: the longest line fits

// Widths in lines of text of the keys: what their explanations need, in one line or two.
constexpr double keys_width = 48, keys_width_of_two = 27;

constexpr std::size_t most_cells = 512;

int rounded(double value) noexcept { return static_cast<int>(std::lround(value)); }

/// Hands out the rows of an area from the top.
class Column {
 public:
  Column(const Area& room, double line) : room_(room), line_(line), y_(room.y) {}

  Area take(double lines) noexcept {
    const int top = std::min(rounded(y_), room_.bottom());
    y_ += lines * line_;
    return {room_.x, top, room_.width, std::min(rounded(y_), room_.bottom()) - top};
  }
  void skip(double lines) noexcept { y_ += lines * line_; }
  /// The last `lines` are left.
  void go_to_last(double lines) noexcept { y_ = std::max(y_, room_.bottom() - lines * line_); }

 private:
  Area room_;
  double line_, y_;
};

/// The left part of an area, and the rest.
std::pair<Area, Area> split(const Area& area, double share) noexcept {
  const int left = rounded(area.width * share);
  return {{area.x, area.y, left, area.height}, {area.x + left, area.y, area.width - left, area.height}};
}

/// So many rows that the cells are as large as possible.
std::vector<Area> lay_out_cells(const Area& room, std::size_t count) {
  count = std::min(count, most_cells);
  if (count == 0) return {};
  std::size_t rows = 1, columns = count;
  double side = 0;
  for (std::size_t i = 1; i <= count; ++i) {
    const std::size_t in_row = (count + i - 1) / i;
    const double width = room.width / static_cast<double>(in_row), height = room.height / static_cast<double>(i);
    if (std::min(width, height) <= side) continue;
    side = std::min(width, height);
    rows = i;
    columns = in_row;
  }
  // The gap behind the last column and row lies outside.
  const double gap = std::min(0.2 * side, 4.0);
  const double height = (room.height + gap) / static_cast<double>(rows);
  const double width = std::min((room.width + gap) / static_cast<double>(columns), 3 * height);
  std::vector<Area> cells;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t column = i % columns, row = i / columns;
    const double x = room.x + width * static_cast<double>(column);
    const double y = room.y + height * static_cast<double>(row);
    const int left = rounded(x), top = rounded(y);
    const int right = std::min(rounded(x + width - gap), room.right());
    const int bottom = std::min(rounded(y + height - gap), room.bottom());
    cells.push_back({left, top, std::max(right - left, 0), std::max(bottom - top, 0)});
  }
  return cells;
}

double content_lines(std::size_t ways) noexcept {
  return running_lines + running_gap + speed_lines + static_cast<double>(ways) * (way_lines + bar_lines + bar_gap) +
         2 * row_lines + cell_gap + cell_lines + 4 * row_lines + 3 * info_lines;
}

void lay_out_panel(DashboardLayout& layout, std::size_t ways, std::size_t requests) {
  constexpr int gaps = 4;
  const double lines = content_lines(ways);
  layout.line =
      std::min(layout.panel.width / panel_width, layout.panel.height / (lines + gaps * least_gap + 2 * padding));
  const int inset = rounded(padding * layout.line);
  const Area room{layout.panel.x + inset, layout.panel.y + inset, std::max(layout.panel.width - 2 * inset, 0),
                  std::max(layout.panel.height - 2 * inset, 0)};
  const double spare = layout.line > 0 ? room.height / layout.line - lines : 0;
  const double gap = std::clamp(spare / gaps, 0.0, largest_gap);

  Column column(room, layout.line);
  std::tie(layout.running, layout.state) = split(column.take(running_lines), 0.6);
  column.skip(running_gap);
  layout.speed = column.take(speed_lines);
  column.skip(gap);
  for (std::size_t i = 0; i < ways; ++i) {
    DashboardLayout::Way way;
    std::tie(way.name, way.figures) = split(column.take(way_lines), 0.42);
    way.bar = column.take(bar_lines);
    column.skip(bar_gap);
    layout.ways.push_back(way);
  }
  column.skip(gap);
  layout.cores = column.take(row_lines);
  layout.in_flight = column.take(row_lines);
  column.skip(cell_gap);
  layout.cells = lay_out_cells(column.take(cell_lines), requests);
  column.skip(gap);
  for (Area* row : {&layout.latency, &layout.frames, &layout.dropped, &layout.hint}) *row = column.take(row_lines);
  column.go_to_last(3 * info_lines);
  for (Area* row : {&layout.source, &layout.model, &layout.device}) *row = column.take(info_lines);
}

}  // namespace

DashboardLayout lay_out_dashboard(int width, int height, std::size_t ways, std::size_t requests) {
  DashboardLayout layout;
  const bool upright = height > width;
  const int panel = upright ? width : std::min(std::max(rounded(0.3125 * width), 240), rounded(0.45 * width));
  layout.key_lines = upright ? 2 : 1;
  const double key_line = std::min(width / (upright ? keys_width_of_two : keys_width), 0.9 * panel / panel_width);
  const int keys = std::min(rounded(key_line * (layout.key_lines + 0.5)), height);
  const int above = height - keys;
  layout.keys = {0, above, width, keys};
  if (upright) {
    const int picture = std::min(rounded(width * 9.0 / 16), rounded(0.42 * height));
    layout.picture = {0, 0, width, std::min(picture, above)};
    layout.panel = {0, layout.picture.bottom(), width, above - layout.picture.height};
  } else {
    layout.picture = {0, 0, width - panel, above};
    layout.panel = {width - panel, 0, panel, above};
  }
  lay_out_panel(layout, ways, requests);
  return layout;
}

Area fitted(const Area& room, int width, int height) noexcept {
  if (width < 1 || height < 1) return room;
  const double scale = std::min(static_cast<double>(room.width) / width, static_cast<double>(room.height) / height);
  const int to_width = std::clamp(rounded(width * scale), 0, room.width);
  const int to_height = std::clamp(rounded(height * scale), 0, room.height);
  return {room.x + (room.width - to_width) / 2, room.y + (room.height - to_height) / 2, to_width, to_height};
}

}  // namespace inflight
