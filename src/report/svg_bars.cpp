#include "svg_bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "compare_words.hpp"
#include "markup.hpp"

namespace inflight::report {
namespace {

// Heights in pixels: a way is its name and numbers, the bar, and a lane below it with a dot per round.
constexpr int way_height = 64, text_base = 16, bar_top = 24, bar_height = 16, dots_at = 49, axis_height = 26;

// From 0 in about four steps, each 1, 2 or 5 times a power of ten.
std::vector<double> ticks_below(double end) {
  const double power = std::pow(10, std::floor(std::log10(end / 4)));
  const double factor = end / 4 / power;
  const double step = power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
  std::vector<double> ticks;
  for (int i = 0; i * step < end; ++i) ticks.push_back(i * step);
  return ticks;
}

double largest_of(const CompareRecord& record) {
  double largest = 0;
  for (const auto& way : record.ways) {
    if (is_known(way.fps)) largest = std::max(largest, way.fps.median);
    if (has_range(way.fps)) largest = std::max(largest, way.fps.high);
    for (const double fps : way.round_fps) {
      if (std::isfinite(fps)) largest = std::max(largest, fps);
    }
  }
  return largest;
}

std::string rate_of(const WayRecord& way) {
  const auto between = range(way.fps, " to ");
  return number(way.fps.median) + " frames/s" + (between.empty() ? "" : " (" + between + ")");
}

std::string ratio_of(const WayRecord& way) {
  if (way.name == "sync" || !is_known(way.ratio_to_sync)) return {};
  return ", " + number(way.ratio_to_sync.median) + " times sync";
}

class Chart {
 public:
  explicit Chart(const CompareRecord& record)
      : record_(record),
        end_(largest_of(record) * 1.02),
        ticks_(ticks_below(end_)),
        bottom_(static_cast<int>(record.ways.size()) * way_height) {}

  std::string markup() const {
    std::string description, content = axis();
    for (std::size_t i = 0; i < record_.ways.size(); ++i) {
      const auto& way = record_.ways[i];
      description += way.name + ": " + rate_of(way) + ratio_of(way) + ". ";
      content += row(way, static_cast<int>(i) * way_height);
    }
    return element("svg",
                   fmt::format(R"(role="img" aria-labelledby="bars-title bars-text" width="100%" height="{}")",
                               bottom_ + axis_height),
                   text_element("title", R"(id="bars-title")", "Frames per second of each way") +
                       text_element("desc", R"(id="bars-text")", description) + content);
  }

 private:
  std::string at(double fps) const { return fmt::format("{:.2f}%", 100 * fps / end_); }

  std::string vertical(std::string_view kind, double fps, int from, int to) const {
    return fmt::format("<line class=\"{0}\" x1=\"{1}\" x2=\"{1}\" y1=\"{2}\" y2=\"{3}\"/>\n", kind, at(fps), from, to);
  }

  std::string axis() const {
    std::string markup;
    for (const double fps : ticks_) {
      const auto anchor = fps == 0 ? "start" : fps > 0.9 * end_ ? "end" : "middle";
      markup += text_element(
          "text", fmt::format(R"(class="tick" x="{}" y="{}" text-anchor="{}")", at(fps), bottom_ + 16, anchor),
          fmt::format("{:g}", fps));
    }
    return markup;
  }

  std::string row(const WayRecord& way, int top) const {
    std::string markup;
    for (const double fps : ticks_) markup += vertical("grid", fps, top + bar_top - 3, top + way_height - 6);
    return markup + label(way, top + text_base) + bar(way, top + bar_top) + dots(way, top + dots_at);
  }

  std::string label(const WayRecord& way, int y) const {
    // The ratio is what a narrow page leaves out.
    const auto value = escaped(rate_of(way)) + element("tspan", R"(class="wide")", escaped(ratio_of(way)));
    return text_element("text", fmt::format(R"(class="way" x="0" y="{}")", y), way.name) +
           element("text", fmt::format(R"(x="100%" y="{}" text-anchor="end")", y), value);
  }

  std::string bar(const WayRecord& way, int y) const {
    if (!is_known(way.fps)) return {};
    auto markup = fmt::format("<rect class=\"{}\" x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"/>\n",
                              &way == fastest(record_.ways) ? "bar best" : "bar", y, at(way.fps.median), bar_height);
    if (range(way.fps, "").empty()) return markup;
    const int middle = y + bar_height / 2;
    for (const double end : {way.fps.low, way.fps.high}) markup += vertical("range", end, middle - 5, middle + 5);
    return markup + fmt::format("<line class=\"range\" x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>\n", at(way.fps.low),
                                at(way.fps.high), middle, middle);
  }

  std::string dots(const WayRecord& way, int y) const {
    std::string markup;
    for (const double fps : way.round_fps) {
      if (!std::isfinite(fps) || fps < 0) continue;
      markup += fmt::format("<circle class=\"round\" cx=\"{}\" cy=\"{}\" r=\"3\"/>\n", at(fps), y);
    }
    return markup;
  }

  const CompareRecord& record_;
  double end_;
  std::vector<double> ticks_;
  int bottom_;
};

}  // namespace

std::string svg_bars(const CompareRecord& record) {
  return fastest(record.ways) ? Chart(record).markup() : std::string();
}

}  // namespace inflight::report
