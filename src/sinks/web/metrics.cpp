#include "metrics.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "../../draw/utf8.hpp"

namespace inflight::web {
namespace {

constexpr double milli = 1e-3;  // Prometheus asks for base units: seconds

/// Prometheus refuses a whole answer for one byte that is no UTF-8, and names of files may hold any.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : valid_utf8(text)) {
    if (c == '\\') {
      result += "\\\\";
    } else if (c == '"') {
      result += "\\\"";
    } else if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result;
}

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class Page {
 public:
  /// Begins a metric; its samples follow.
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    fmt::format_to(std::back_inserter(text_), "# HELP inflight_{} {}\n# TYPE inflight_{} {}\n", name, help, name, type);
  }

  void sample(double value, const Labels& labels = {}) {
    std::string list;
    for (const auto& [label, content] : labels) {
      fmt::format_to(std::back_inserter(list), "{}{}=\"{}\"", list.empty() ? "" : ",", label, escaped(content));
    }
    if (!list.empty()) list = '{' + list + '}';
    fmt::format_to(std::back_inserter(text_), "inflight_{}{} {}\n", name_, list, value);
  }

  void gauge(std::string_view name, std::string_view help, double value) {
    begin(name, "gauge", help);
    sample(value);
  }

  void counter(std::string_view name, std::string_view help, std::int64_t value) {
    begin(name, "counter", help);
    sample(static_cast<double>(value));
  }

  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
  std::string_view name_;
};

void add_ways(Page& page, const LiveFigures& figures) {
  page.begin("frames_per_second", "gauge", "Frames delivered per second, of each way when it last ran.");
  for (const LiveWay& way : figures.ways) page.sample(way.fps, {{"way", way.name}});
  page.begin("ratio_to_sync", "gauge",
             "Frames per second of each way as a multiple of sync's; 0 while one is missing.");
  for (const LiveWay& way : figures.ways) page.sample(way.ratio_to_sync, {{"way", way.name}});
  page.begin("running", "gauge", "1 for the way that runs now.");
  for (std::size_t i = 0; i < figures.ways.size(); ++i) {
    page.sample(i == figures.running ? 1 : 0, {{"way", figures.ways[i].name}});
  }
}

void add_figures(Page& page, const LiveFigures& figures) {
  page.begin("info", "gauge", "What runs; always 1.");
  page.sample(
      1, {{"source", figures.source}, {"model", figures.model}, {"device", figures.device}, {"hint", figures.hint}});
  add_ways(page, figures);
  page.gauge("cores_used", "Processor cores used by this process, about the last second.", figures.cores_used);
  page.gauge("cores", "Processor cores that this process may use.", figures.cores);
  page.gauge("requests_in_flight", "Requests with a frame in them.", static_cast<double>(figures.in_flight));
  page.gauge("requests", "Requests there are.", static_cast<double>(figures.requests));
  page.begin("latency_seconds", "gauge", "Frame decoded to its result delivered, about the last second.");
  page.sample(figures.latency_p50 * milli, {{"quantile", "0.5"}});
  page.sample(figures.latency_p99 * milli, {{"quantile", "0.99"}});
  page.counter("frames_total", "Frames inferred.", figures.frames);
  page.counter("frames_dropped_total", "Frames of a live source that a newer one overtook.", figures.dropped);
  page.counter("frames_failed_total", "Frames that ended with an error.", figures.failed);
  page.gauge("picture_age_seconds", "Capture of the picture shown to its showing.", figures.age * milli);
  page.gauge("source_frames_per_second", "Frames that arrive from a live source; 0 when not known.",
             figures.source_fps);
  page.gauge("paused", "1 while the demonstration is paused.", figures.paused ? 1 : 0);
  page.gauge("uptime_seconds", "Time since the start.", figures.seconds);
}

}  // namespace

std::string metrics_text(const std::optional<LiveFigures>& figures, const WebCounts& counts) {
  Page page;
  if (figures) add_figures(page, *figures);
  page.gauge("web_viewers", "Pages that are connected.", static_cast<double>(counts.viewers));
  page.counter("web_pictures_encoded_total", "Pictures made into JPEG files, once for all viewers.", counts.encoded);
  page.counter("web_pictures_sent_total", "Pictures sent, for each viewer.", counts.sent);
  page.counter("web_pictures_overtaken_total", "Pictures that a viewer was too slow for.", counts.overtaken);
  return std::move(page).text();
}

}  // namespace inflight::web
