// Synchronous, two requests, queue: which is faster, and by how much, on the same frames.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/study/way_options.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// So many can be asked for.
inline constexpr int rounds_limit = 1000;

/// What is compared, on what, and for how long.
struct CompareOptions {
  std::string input;  ///< a video file
  Seconds start{0};
  bool loop = false;
  std::int64_t frames = 0;            ///< per round; 0: as many as `seconds` asks for
  Seconds seconds{1};                 ///< about how long the first way's round is to take; a short clip repeats
  std::optional<int> rounds;          ///< empty: at least seven, until the intervals of the ratios are under ±2 %
  std::optional<Seconds> time;        ///< for all rounds; no round is begun that would end later
  std::optional<std::uint64_t> seed;  ///< of the order of the ways in the rounds; empty: another every time
  float threshold = 0.6F;
  ImageModelOptions model;
  std::vector<std::string> labels;
  std::vector<WayOptions> ways;
  std::optional<WayOptions> alike;   ///< how all ways are compiled for `like_for_like` and the ceiling; empty: neither
  bool brief = false;                ///< no `like_for_like`, only the ceiling; no compiling with a cache
  std::vector<AddedWork> added;      ///< to every frame of every measured round
  std::vector<std::string> command;  ///< the command line that asks for it, for the record; without the program's name

  /// Peak resident memory in bytes of a process that runs this way alone; empty: not measured.
  std::function<std::int64_t(const std::string& way)> peak_memory;
};

/// A comparison: opened, run, told.
///
/// Every request is warmed up; a first pass per way, not measured, digests all outputs for the frame-by-frame
/// comparison; then come the rounds, in each of which every way runs over the same frames, in random order.
/// Thread: one at a time; `progress` may be looked at from another.
class Comparison {
 public:
  /// Opens the clip, reads and compiles the model for every way; when stop is requested, for no further one. Blocks:
  /// while OpenVINO compiles. Throws: Error and UsageError as VideoReader, load_image_model and compile.
  Comparison(CompareOptions options, Progress& progress, std::stop_token stop = {});
  ~Comparison();

  /// Runs the rounds of every way that was compiled. When stop is requested it ends soon, and the record tells what
  /// whole rounds gave.
  /// Throws: Error when the clip is lost, or has no frame that can be decoded; UsageError when `time` is too short for
  /// one round.
  CompareRecord run(std::stop_token stop);

  /// Runs one way once over the frames of a round and nothing else: what `peak_memory` measures.
  void run_once(std::stop_token stop);

  /// Writes the clip with what was found as H.264 MP4. Not measured. False when stop was requested: no file then.
  bool write_video(const std::string& path, const std::string& caption, std::stop_token stop);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
