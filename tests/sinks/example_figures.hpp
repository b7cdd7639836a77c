// What a demonstration could show at one moment.
#pragma once

#include "inflight/sinks/live_figures.hpp"

namespace inflight::test {

inline LiveFigures example_figures() {
  LiveFigures figures;
  figures.ways = {{"sync", 212, 1}, {"two-requests", 386, 1.82}, {"queue", 1018, 4.8}};
  figures.running = 2;
  figures.fps = 1018;
  figures.cores_used = 7.9;
  figures.cores = 8;
  figures.in_flight = 6;
  figures.requests = 8;
  figures.latency_p50 = 2.1;
  figures.latency_p99 = 4.0;
  figures.frames = 18'250;
  figures.dropped = 12;
  figures.age = 34;
  figures.seconds = 42;
  figures.live = true;
  figures.source_fps = 29.97;
  figures.source = "street.mp4";
  figures.model = "face-detection-0200";
  figures.device = "CPU";
  figures.hint = "throughput";
  return figures;
}

inline LiveFigures with_long_names() {
  LiveFigures figures = example_figures();
  const std::string name = "a-very-long-name-that-nobody-would-give-but-somebody-will-/\u00E9t\u00E9/";
  for (int i = 0; i < 4; ++i) {
    figures.source += name;
    figures.model += name;
    figures.device += name;
    figures.hint += name;
    for (LiveWay& way : figures.ways) way.name += name;
  }
  figures.fps = 1'234'567;
  for (LiveWay& way : figures.ways) way.fps = 1'234'567, way.ratio_to_sync = 12'345.6;
  figures.cores_used = 255.9;
  figures.cores = 256;
  figures.latency_p50 = 123'456.7;
  figures.latency_p99 = 1'234'567.8;
  figures.frames = 123'456'789'012;
  figures.dropped = 123'456'789'012;
  figures.failed = 123'456'789'012;
  figures.seconds = 1e7;
  figures.age = 1e7;
  return figures;
}

}  // namespace inflight::test
