#include "demo_summary.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inflight::cli {

std::string render_terminal(const LiveSummary& summary) {
  const LiveFigures& figures = summary.figures;
  std::string text = fmt::format("{} frames in {:.1f} s", figures.frames, summary.wall.count());
  if (figures.dropped > 0) text += fmt::format(", {} dropped", figures.dropped);
  if (figures.failed > 0) text += fmt::format(", {} failed", figures.failed);
  if (summary.pictures > 0) {
    text += fmt::format("; {} pictures, {:.1f} per second, {:.0f} ms old (95 % under {:.0f} ms)", summary.pictures,
                        summary.picture_rate, summary.age_p50, summary.age_p95);
  }
  text += '\n';
  std::string ways;
  for (const LiveWay& way : figures.ways) {
    if (way.fps == 0) continue;
    ways += fmt::format("  {:<14}{:>7.0f} frames/s", way.name, way.fps);
    if (way.ratio_to_sync > 0) ways += fmt::format("{:>8.2f} times sync", way.ratio_to_sync);
    ways += '\n';
  }
  if (ways.empty()) return text;
  return text + '\n' + ways +
         "\nThese are the last seconds of each way, one after the other; 'inflight compare' measures.\n";
}

std::string render_json(const LiveSummary& summary) {
  using nlohmann::ordered_json;
  const LiveFigures& figures = summary.figures;
  const auto or_null = [](double value) { return value > 0 ? ordered_json(value) : ordered_json(nullptr); };
  ordered_json ways = ordered_json::array();
  for (const LiveWay& way : figures.ways)
    ways.push_back({{"name", way.name}, {"fps", or_null(way.fps)}, {"ratio_to_sync", or_null(way.ratio_to_sync)}});
  const ordered_json json{
      {"schema", 1},
      {"command", "demo"},
      {"source", figures.source},
      {"model", figures.model},
      {"frames", figures.frames},
      {"dropped", figures.dropped},
      {"failed", figures.failed},
      {"seconds", summary.wall.count()},
      {"cpu_seconds", summary.cpu.count()},
      {"cores", figures.cores},
      {"ways", ways},
      {"pictures",
       {{"shown", summary.pictures},
        {"per_second", or_null(summary.picture_rate)},
        {"age_ms", {{"p50", or_null(summary.age_p50)}, {"p95", or_null(summary.age_p95)}}},
        {"core_seconds", summary.drawing.count()},
        {"serving_core_seconds", summary.serving.count()}}},
  };
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace inflight::cli
