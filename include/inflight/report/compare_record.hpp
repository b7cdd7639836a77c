// Everything that a comparison found out: one record, many renderings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inflight/measure/statistics.hpp"
#include "inflight/report/machine_record.hpp"

namespace inflight {

/// Settings of a device as text, "-" where nothing was asked or the device does not tell.
struct SettingsRecord {
  std::string device;
  std::string hint;
  std::string streams;
  std::string threads;
  std::string requests;
  std::string precision;
};

/// One way to run, over all its measured rounds.
struct WayRecord {
  std::string name;         ///< "sync", "two-requests", "queue"
  std::string description;  ///< one line for people
  SettingsRecord asked, given;
  std::int64_t frames = 0;  ///< delivered, over all measured rounds
  std::int64_t failed = 0;  ///< of these, with an error instead of detections
  std::vector<double> round_fps;
  Interval fps;
  Interval ratio_to_sync;                                    ///< median 0 when sync was not measured
  double latency_p50 = 0, latency_p90 = 0, latency_p99 = 0;  ///< milliseconds, frame decoded to result delivered
  double cores_used = 0;
  std::int64_t peak_memory = 0;  ///< bytes, of a child process that ran this way alone; 0: not measured
};

/// The whole comparison.
struct CompareRecord {
  MachineRecord machine;
  std::string date;  ///< ISO 8601, UTC

  std::string model, model_path, model_type;
  int input_width = 0, input_height = 0;
  std::string preprocess;  ///< "fast, stretch, bgr"
  double threshold = 0;
  std::string simulated;  ///< "SIMULATED accelerator, 6 ms each inference"; empty: the model itself was run

  std::string clip_path, clip_codec, clip_pixel_format;
  int clip_width = 0, clip_height = 0;
  double clip_frame_rate = 0;

  int rounds_asked = 0, rounds_done = 0;
  std::int64_t frames_per_round = 0;  ///< of each way
  std::int64_t unique_frames = 0;     ///< of these, different ones (the clip may have been looped)
  bool interrupted = false;

  /// Whether all ways found the same on every frame, bit for bit; only said when more than one way was run.
  bool outputs_equal = false;
  std::int64_t frames_compared = 0;
  std::string outputs_text;  ///< "detections of 250 frames are equal bit for bit in all 3 ways"
  double detections_per_frame = 0;

  std::vector<WayRecord> ways;
  std::vector<std::string> notes;  ///< what the reader should know: damaged packets, few rounds, an interruption
};

}  // namespace inflight
