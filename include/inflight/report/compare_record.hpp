// Everything that a comparison found out: one record, many renderings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inflight/measure/statistics.hpp"
#include "inflight/report/machine_record.hpp"
#include "inflight/report/subject_record.hpp"

namespace inflight {

/// Settings of a device as text, "-" where nothing was asked or the device does not tell.
struct SettingsRecord {
  std::string device;
  std::string hint;
  std::string streams;
  std::string threads;
  std::string requests;
  std::string precision;
  std::string properties{};  ///< any others that were asked, "KEY=VALUE, KEY=VALUE"
};

/// What the device could do, measured in the same rounds: prepared inputs, its requests busy, nothing else.
struct CeilingRecord {
  std::size_t requests = 0;  ///< 0: not measured
  std::vector<double> round_fps;
  Interval fps;
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
  Interval ratio_to_sync;  ///< bootstrap interval of the paired ratios; median 0 when sync was not measured
  double latency_p50 = 0, latency_p90 = 0, latency_p99 = 0;  ///< milliseconds, frame decoded to result delivered
  double cores_used = 0;
  std::int64_t peak_memory = 0;         ///< bytes, of a child process that ran this way alone; 0: not measured
  std::vector<double> first_inference;  ///< milliseconds, of each request: the first that it ever did
  CeilingRecord ceiling;                ///< of this way's requests and settings
};

/// What else happened on the machine while the rounds were measured, in cores.
struct LoadRecord {
  bool known = false;
  double own = 0, others = 0, stolen = 0;
  std::int64_t throttled = 0;  ///< periods in which the quota of the control group was used up
  double throttled_seconds = 0;
};

/// How long it took until the first frame could run.
struct ColdStartRecord {
  /// Of one configuration.
  struct Compile {
    std::string used_by;      ///< "sync, two-requests"
    double milliseconds = 0;  ///< that it took
    bool from_cache = false;  ///< loaded from the folder that --cache-dir names
  };
  double read = 0;                           ///< milliseconds, of the model's file
  std::vector<Compile> compiles;             ///< one for each configuration
  double without_cache = 0, with_cache = 0;  ///< milliseconds, of the queue's configuration; 0: not measured
};

/// When enough was measured.
struct RoundsRecord {
  int asked = 0;  ///< 0: as many as it takes
  int done = 0;
  double time_limit = 0;              ///< seconds; 0: none
  std::uint64_t seed = 0;             ///< of the order of the ways, and of the bootstrap
  std::string ended_by;               ///< "rounds", "interval", "time"; empty: interrupted
  std::int64_t frames_per_round = 0;  ///< of each way
  std::int64_t unique_frames = 0;     ///< of these, different ones (the clip may have been looped)
  bool interrupted = false;
};

/// The whole comparison.
struct CompareRecord : SubjectRecord {
  MachineRecord machine;
  std::string date;  ///< ISO 8601, UTC

  RoundsRecord rounds;
  LoadRecord load;
  ColdStartRecord cold_start;

  /// Whether all ways found the same on every frame, bit for bit; only said when more than one way was run.
  bool outputs_equal = false;
  std::int64_t frames_compared = 0;
  std::string outputs_text;  ///< "detections of 250 frames are equal bit for bit in all 3 ways"
  double detections_per_frame = 0;

  std::vector<WayRecord> ways;           ///< each at its best
  std::vector<WayRecord> like_for_like;  ///< all compiled as the queue is; empty: not measured
  CeilingRecord ceiling;                 ///< of the device: the queue's

  bool valid = false;                ///< whether the figures may be relied on
  std::vector<std::string> reasons;  ///< why not, a line each
  std::vector<std::string> notes;    ///< what the reader should know: damaged packets, few rounds, an interruption
};

}  // namespace inflight
