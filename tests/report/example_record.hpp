// A comparison as a two-core machine might give it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "inflight/measure/bootstrap.hpp"
#include "inflight/report/compare_record.hpp"

namespace inflight {

// Settings of a CPU of two cores: what was asked of it, and what it gave.
inline SettingsRecord asked(const std::string& hint, const std::string& streams, const std::string& requests) {
  return {"CPU", hint, streams, "-", requests, "-", "ENABLE_CPU_PINNING=NO"};
}
inline SettingsRecord given(const std::string& hint, const std::string& streams, const std::string& requests) {
  return {"CPU", hint, streams, "2", requests, "f32"};
}

/// What was measured of a way.
struct ExampleFigures {
  std::vector<double> rounds;  ///< frames/s
  double p50, p90, p99;        ///< of the latency
  double cores;
  std::int64_t memory;
};

inline WayRecord example_way(const std::string& name, const std::string& description, const SettingsRecord& asked_for,
                             const SettingsRecord& given_for, const ExampleFigures& figures,
                             const std::vector<double>& sync) {
  return {.name = name,
          .description = description,
          .asked = asked_for,
          .given = given_for,
          .frames = 250 * static_cast<std::int64_t>(figures.rounds.size()),
          .failed = 0,
          .round_fps = figures.rounds,
          .fps = median_interval(figures.rounds),
          .ratio_to_sync = bootstrap_ratio_interval(figures.rounds, sync, 42),
          .latency_p50 = figures.p50,
          .latency_p90 = figures.p90,
          .latency_p99 = figures.p99,
          .cores_used = figures.cores,
          .peak_memory = figures.memory,
          .first_inference = {},
          .ceiling = {}};
}

inline CompareRecord example_record() {
  CompareRecord record;
  record.machine = {.cpu = "AMD EPYC 9V74",
                    .cores = 2,
                    .quota = 1.5,
                    .memory = 25'276'395'520,
                    .kernel = "Linux 6.1.0",
                    .inflight = "0.1.0",
                    .openvino = "2026.4.1",
                    .ffmpeg = "5.1.6",
                    .plugins = {{"CPU", "2026.4.1-22982"}},
                    .model_sha256 = std::string(64, 'a'),
                    .clip_sha256 = std::string(64, 'b'),
                    .command = {"inflight", "compare", "-i", "assets/bikes.mp4", "-m", "assets/centerface.onnx"}};
  record.date = "2026-11-22T21:30:00Z";
  record.model = "centerface";
  record.model_path = "assets/centerface.onnx";
  record.model_type = "centerface";
  record.input_width = 320;
  record.input_height = 192;
  record.preprocess = "fast, stretch, bgr";
  record.threshold = 0.6;
  record.clip_path = "assets/bikes.mp4";
  record.clip_codec = "h264";
  record.clip_pixel_format = "yuv420p";
  record.clip_width = 640;
  record.clip_height = 272;
  record.clip_frame_rate = 25;
  record.rounds = {.asked = 7,
                   .done = 7,
                   .time_limit = 60,
                   .seed = 42,
                   .ended_by = "rounds",
                   .frames_per_round = 250,
                   .unique_frames = 250};
  record.load = {.known = true, .own = 1.52, .others = 0.03, .stolen = 0.01, .throttled = 0, .throttled_seconds = 0};
  record.cold_start = {.read = 12.5,
                       .compiles = {{"sync, two-requests", 151, false}, {"queue, like for like", 160, true}},
                       .without_cache = 155,
                       .with_cache = 31};
  record.valid = true;
  record.outputs_equal = true;
  record.frames_compared = 1750;
  record.outputs_text = "detections of 250 frames are equal bit for bit in all 3 ways";
  record.detections_per_frame = 1.25;
  record.notes = {"3 damaged packets were skipped in every round."};

  const std::vector<double> sync{352, 349, 355, 341, 353, 350, 357};
  record.ways = {example_way("sync", "one request: decode, infer, wait, next", asked("latency", "-", "1"),
                             given("LATENCY", "1", "1"), {sync, 2.81, 3.02, 4.11, 1.31, 120'300'000}, sync),
                 example_way("two-requests", "the next frame is decoded while the current one is inferred",
                             asked("latency", "-", "2"), given("LATENCY", "1", "2"),
                             {{598, 590, 601, 577, 603, 595, 610}, 3.31, 3.62, 5.2, 1.8, 133'000'000}, sync),
                 example_way("queue", "every request of the device is kept in flight", asked("throughput", "8", "32"),
                             given("THROUGHPUT", "2", "32"),
                             {{733, 728, 741, 690, 735, 731, 752}, 10.9, 12.4, 16, 1.97, 181'000'000}, sync)};
  record.ways[0].first_inference = {3.5};
  record.ways[1].first_inference = {3.5, 3.25};

  const std::vector<double> alike{210, 208, 214, 205, 211, 209, 213};
  record.like_for_like = {record.ways[0], record.ways[1], record.ways[2]};
  record.like_for_like[0] = example_way("sync", "one request: decode, infer, wait, next", asked("throughput", "8", "1"),
                                        given("THROUGHPUT", "2", "1"), {alike, 4.7, 5.1, 6.2, 0.99, 0}, alike);
  record.like_for_like[1] = example_way("two-requests", "the next frame is decoded while the current one is inferred",
                                        asked("throughput", "8", "2"), given("THROUGHPUT", "2", "2"),
                                        {{420, 415, 428, 409, 421, 418, 427}, 4.7, 5.2, 6.1, 1.7, 0}, alike);
  record.like_for_like[2].ratio_to_sync = bootstrap_ratio_interval(record.ways[2].round_fps, alike, 42);
  record.ceiling.requests = 32;
  record.ceiling.round_fps = {889, 880, 897, 868, 890, 885, 900};
  record.ceiling.fps = median_interval(record.ceiling.round_fps);
  record.ways[0].ceiling = {.requests = 1, .round_fps = {452, 449, 455, 441, 453, 450, 457}, .fps = {}};
  record.ways[0].ceiling.fps = median_interval(record.ways[0].ceiling.round_fps);
  record.ways[2].ceiling = record.ceiling;
  return record;
}

/// Names that want to steer the terminal, break out of markup, or are not UTF-8; and too long for any column.
inline CompareRecord hostile_record() {
  auto record = example_record();
  const std::string bad = "\x1b[31m<script>alert('1')</script>&\"\xff\xc3\x07\u202E\u9b0c";
  record.clip_path = bad + std::string(300, 'x') + ".mp4";
  record.model_path = "a b\n" + bad;
  record.machine.cpu = bad;
  record.machine.command.push_back(bad);
  record.outputs_text = bad;
  record.notes = {bad, std::string(200, 'y'), ""};
  record.valid = false;
  record.reasons = {bad, std::string(200, 'y')};
  for (int i = 0; i < 30; ++i) record.model += "\u6f22\u5b57";  // each character two columns wide
  auto& way = record.ways.back();
  way.name = way.description = bad + std::string(50, 'z');
  way.given.streams = std::string(90, '8');
  way.asked.device = bad;
  return record;
}

/// Nothing could be measured, and what was divided by nothing.
inline CompareRecord unmeasured_record() {
  auto record = example_record();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (auto* table : {&record.ways, &record.like_for_like}) {
    for (auto& way : *table) {
      const auto name = way.name;
      way = {};
      way.name = name;
      way.fps = {nan, nan, nan, 0};
      way.round_fps = {nan, std::numeric_limits<double>::infinity()};
      way.latency_p50 = way.cores_used = nan;
    }
  }
  record.ceiling = {};
  record.load = {};
  record.cold_start = {};
  record.frames_compared = 0;
  record.detections_per_frame = record.threshold = record.clip_frame_rate = nan;
  return record;
}

}  // namespace inflight
