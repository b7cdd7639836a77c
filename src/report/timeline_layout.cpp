#include "timeline_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compare_words.hpp"
#include "inflight/measure/timeline.hpp"
#include "timeline_lanes.hpp"
#include "timeline_shapes.hpp"

namespace inflight::report {
namespace {

constexpr double left = 136, plot = 880, right = 54, margin = 8;
constexpr double panel_gap = 26, title_height = 26, lane_gap = 6, legend_row = 30;
constexpr double most_lanes = 64;  // of requests

/// Wide enough to hold a frame's number.
constexpr double number_width(std::int64_t number) { return number < 10 ? 10 : number < 100 ? 17 : 24; }

/// 1, 2 or 5 times a power of ten, not less than `value`.
double round_up(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (value <= step * power * (1 + 1e-9)) return step * power;
  }
  return 10 * power;
}

double per_frame(const TimelineWay& way) {
  if (way.frames.size() < 2) return 0;
  const auto [first, last] = std::ranges::minmax(way.frames, {}, &FrameStamps::delivered);
  return milliseconds_between(first.delivered, last.delivered) / static_cast<double>(way.frames.size() - 1);
}

/// What is in the time shown, and what of it is work.
struct Share {
  double busy = 0, waiting = 0;
};

class Layout {
 public:
  Layout(std::span<const TimelineWay> ways, const TimelineLook& look)
      : ways_(ways), length_(look.length.count() > 0 ? look.length : good_length(ways)) {}

  TimelineDrawing draw() && {
    drawing_.width = left + plot + right;
    drawing_.title = fmt::format("{:g} ms of {}", length_.count(), counted(std::ssize(ways_), "way"));
    legend();
    for (const TimelineWay& way : ways_) {
      if (!way.frames.empty()) panel(way);
    }
    axis();
    drawing_.height = y_;
    return std::move(drawing_);
  }

 private:
  double at(TimePoint time) const {
    const double share = Milliseconds(time - span_.from) / length_;
    return left + plot * std::clamp(share, 0.0, (span_.to - span_.from) / length_);
  }

  void text(double x, double base, std::string text, Paint paint = Paint::ink,
            Caption::Align align = Caption::Align::left, double size = 13, bool bold = false) {
    drawing_.captions.push_back({x, base, size, std::move(text), paint, align, bold});
  }

  void patch(double x, double y, double width, double height, const Shape& shape, std::int64_t frame,
             std::string tip = {}) {
    drawing_.patches.push_back({.x = x,
                                .y = y + shape.top * height,
                                .width = width,
                                .height = (shape.bottom - shape.top) * height,
                                .color = static_cast<int>(frame % frame_colors),
                                .opacity = shape.opacity,
                                .edge = shape.edge,
                                .tip = std::move(tip)});
  }

  void frame_number(double x, double base, std::int64_t frame) {
    constexpr std::array dark{true, false, true, false, false, true};
    text(x, base, std::to_string(frame),
         dark[static_cast<std::size_t>(frame % frame_colors)] ? Paint::on_dark : Paint::on_light,
         Caption::Align::middle, 11);
  }

  void legend() {
    constexpr double sample = 20, height = 16;
    y_ = margin;
    double x = left;
    const auto show = [&](Activity activity, const char* name, double room) {
      patch(x, y_, sample, height, shape_of(activity), 0);
      text(x + sample + 5, y_ + 13, name, Paint::faint, Caption::Align::left, 12);
      x += sample + room;
    };
    text(left - 10, y_ + 13, "a thread", Paint::faint, Caption::Align::right, 12);
    show(Activity::read, "reads", 58);
    show(Activity::decode, "decodes", 72);
    show(Activity::fill, "preprocesses", 100);
    show(Activity::wait_result, "waits", 56);
    show(Activity::callback, "postprocesses", 106);
    show(Activity::draw, "draws", 56);
    show(Activity::encode, "encodes", 74);
    show(Activity::sink, "sink", 48);
    y_ += legend_row - 6;
    x = left;
    text(left - 10, y_ + 13, "in the device", Paint::faint, Caption::Align::right, 12);
    show(Activity::wait_stream, "waits for a stream (est.)", 162);
    show(Activity::execute, "executes (est.)", 112);
    show(Activity::unseen, "done, nobody looked yet (est.)", 196);
    for (int frame = 0; frame < frame_colors; ++frame) {
      patch(x + 17 * frame, y_, 16, height, {}, frame);
      frame_number(x + 17 * frame + 8, y_ + 12, frame);
    }
    text(x + 17 * frame_colors + 5, y_ + 13, "one frame: one colour", Paint::faint, Caption::Align::left, 12);
    y_ += legend_row - panel_gap + 8;
    grid_from_ = y_ + panel_gap;
  }

  void panel(const TimelineWay& way) {
    y_ += panel_gap;
    span_ = typical_span(way.frames, length_);
    const auto lanes = make_timeline(way.frames, way.shape, span_.from, span_.to);
    const auto requests = std::ranges::count(lanes, LaneKind::request, [](const auto& lane) { return lane.id.kind; });
    const double shown = milliseconds_between(span_.from, span_.to);
    const std::string count = fmt::format("{} in {:.3g} ms", counted(span_.delivered, "frame"), shown);
    const std::string means = counted(requests, "request") + ", " + counted(way.shape.streams, "stream");
    text(0, y_ + 14, way.name, Paint::ink, Caption::Align::left, 15, true);
    text(left, y_ + 14, count, Paint::ink, Caption::Align::left, 14, true);
    text(left + 180, y_ + 14, means + (way.note.empty() ? "" : "; " + way.note), Paint::faint);
    if (y_ + 14 < grid_from_ + 20) text(left + plot + right, y_ + 14, "busy", Paint::faint, Caption::Align::right, 12);
    y_ += title_height;
    drawing_.description += fmt::format("{}: {}, {}.", way.name, count, means);
    for (const TimelineLane& lane : lanes) {
      if (lane.id.kind == LaneKind::request && lane.id.number >= most_lanes) continue;
      show(lane, lane.id.kind == LaneKind::request && requests > 8 ? 9 : 24, way.shape.callback_thread);
    }
    drawing_.description += ' ';
  }

  void show(const TimelineLane& lane, double height, bool callback_thread) {
    const std::string name = lane_name(lane.id, callback_thread);
    const bool small = height < 12;
    Share share;
    drawing_.patches.push_back({left, y_ + height, plot, 1, Paint::rule});
    for (const TimelineBox& box : lane.boxes) {
      const double x = at(box.begin), width = at(box.end) - x;
      (is_waiting(box.activity) ? share.waiting : share.busy) += width / plot * (length_ / (span_.to - span_.from));
      patch(x, y_, std::max(width, 0.7), height, shape_of(box.activity), box.frame,
            fmt::format("frame {} {}: {:.3g} ms{}", box.frame, name_of(box.activity),
                        milliseconds_between(box.begin, box.end), box.failed ? "; it failed" : ""));
      if (box.failed) drawing_.patches.push_back({x, y_ + height, std::max(width, 2.0), 3, Paint::ink});
      const bool big = box.activity == Activity::execute || box.activity == Activity::decode;
      if (big && !small && width > number_width(box.frame)) frame_number(x + width / 2, y_ + height / 2 + 4, box.frame);
    }
    const double size = small ? 9 : 12;
    text(left - 10, y_ + height / 2 + size / 3, name, Paint::ink, Caption::Align::right, size);
    // A request is at work as long as it is in the device.
    const double busy = share.busy + (lane.id.kind == LaneKind::request ? share.waiting : 0);
    text(left + plot + right, y_ + height / 2 + size / 3, fmt::format("{:.0f} %", 100 * busy), Paint::faint,
         Caption::Align::right, size);
    drawing_.description += fmt::format(" {}: busy {:.0f} %", name, 100 * busy);
    if (lane.id.kind == LaneKind::reader) drawing_.description += fmt::format(", waits {:.0f} %", 100 * share.waiting);
    drawing_.description += '.';
    y_ += height + (small ? 2 : lane_gap);
  }

  void axis() {
    const double step = round_up(length_.count() / 8);
    std::vector<Patch> lines;
    for (int i = 0; i * step <= length_.count() * (1 + 1e-9); ++i) {
      const double x = left + plot * i * step / length_.count();
      lines.push_back({x, grid_from_, 1, y_ - grid_from_, Paint::rule});
      const bool last = (i + 1) * step > length_.count() * (1 + 1e-9);
      text(x, y_ + 14, fmt::format("{:g}{}", i * step, last ? " ms" : ""), Paint::faint, Caption::Align::middle, 12);
    }
    drawing_.patches.insert(drawing_.patches.begin(), lines.begin(), lines.end());
    y_ += 24;
  }

  std::span<const TimelineWay> ways_;
  Milliseconds length_;
  TimelineDrawing drawing_;
  TimeSpan span_;
  double y_ = 0, grid_from_ = 0;
};

}  // namespace

Milliseconds good_length(std::span<const TimelineWay> ways) {
  constexpr double usual = 60, fewest = 5, most = 90;  // frames of the slowest, of the quickest way
  double slowest = 0, quickest = 0;
  for (const TimelineWay& way : ways) {
    const double time = per_frame(way);
    if (time <= 0) continue;
    slowest = std::max(slowest, time);
    quickest = quickest == 0 ? time : std::min(quickest, time);
  }
  if (slowest * fewest > usual) return Milliseconds(round_up(slowest * fewest));
  if (quickest * most >= usual || quickest == 0) return Milliseconds(usual);
  return Milliseconds(round_up(std::max(quickest * most, slowest * fewest)));
}

TimelineDrawing lay_out(std::span<const TimelineWay> ways, const TimelineLook& look) {
  const bool nothing = std::ranges::all_of(ways, [](const TimelineWay& way) { return way.frames.empty(); });
  return nothing ? TimelineDrawing{} : Layout(ways, look).draw();
}

}  // namespace inflight::report
