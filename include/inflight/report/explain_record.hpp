// Everything that an explanation found out: one record, many renderings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inflight/measure/statistics.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/report/machine_record.hpp"
#include "inflight/report/subject_record.hpp"

namespace inflight {

/// One cost, put back onto what came before it.
struct WaterfallStep {
  std::string name;          ///< "ceiling", "fresh input", "one stream", "one request", "preprocessing", "decode"...
  std::string text;          ///< one line for people
  double ms_per_frame = 0;   ///< what the step adds; of the first: the whole. Negative where it saves
  double low = 0, high = 0;  ///< its interval, and how sure it is: 0.95 where there were enough rounds
  double coverage = 0;
  double core_ms_per_frame = 0;   ///< processor time that it adds, of all cores
  double total_ms_per_frame = 0;  ///< up to and with this step
};

/// A stage of the observed run, mean per frame.
struct StageRecord {
  std::string name;    ///< as `name_of(Stage)`
  double wall_ms = 0;  ///< stages of several frames overlap
  double core_ms = 0;  ///< of the pipeline's own threads; 0: not known, or none
};

/// Threads of the observed run.
struct ThreadsRecord {
  std::string role;  ///< "reading", "callback", "OpenVINO", "decoder", "sink", "encoder", "program", "other"
  int threads = 0;
  double core_ms_per_frame = 0;
  double cores = 0;  ///< processors that they kept busy
};

/// What bounds the run now.
struct LimitRecord {
  std::string stage;  ///< "source", "decode", "preprocessing", "submission", "device compute", "callback", "sink",
                      ///< "drawing", "contention", "CPU quota"
  std::string text;   ///< one sentence
  std::vector<std::string> evidence;
};

/// A change that was tried.
struct RemedyRecord {
  std::string change{};  ///< "16 requests instead of 4"
  std::string flags{};   ///< how to say it to inflight: "--requests 16"
  double fps_before = 0, fps_after = 0;
  Interval ratio{};  ///< after / before, by rounds
  bool helped = false;
  std::string note{};  ///< what the change costs: results that the sink did not get
};

/// What async can buy here.
struct GainRecord {
  double sync_fps = 0;
  double predicted_fps = 0;  ///< the most that is possible, from synchronous runs alone
  double predicted = 0;      ///< times sync
  std::string bound{};  ///< what it is bound by: "cores", "device", "reading thread", "delivering thread", "source"
  Interval achieved{};  ///< the queue, times sync
  Interval overlap{};   ///< of it: the same single stream, kept busy
  Interval streams{};   ///< of it: parallel streams
  bool helps = false;
  std::string verdict{};  ///< one sentence
};

/// Something about the machine that matters for inference.
struct FindingRecord {
  std::string name, text;
  bool matters = false;  ///< it costs speed, or makes figures doubtful
};

/// The whole explanation.
struct ExplainRecord : SubjectRecord {
  MachineRecord machine;
  std::string date;

  std::string way;
  std::string program;  ///< one line: what reads, how it runs, where results go
  SettingsRecord asked, given;
  int rounds = 0;
  bool interrupted = false;

  double observed_ms_per_frame = 0, observed_fps = 0;
  double cores_used = 0;
  std::int64_t frames = 0, failed = 0;
  std::vector<WaterfallStep> waterfall;
  double remainder_ms_per_frame = 0;  ///< observed, and in no step

  std::vector<StageRecord> stages;
  // What "in the device" was made of in the run for the timeline, estimated.
  double device_waiting_ms = 0;    ///< for a stream
  double device_executing_ms = 0;  ///< in one
  double device_unseen_ms = 0;     ///< done, and not yet seen
  std::vector<ThreadsRecord> threads;
  LimitRecord limit;
  std::vector<RemedyRecord> remedies;  ///< tried, in this order
  GainRecord gain;
  std::vector<FindingRecord> doctor;

  bool valid = true;
  std::vector<std::string> reasons;  ///< why it is not valid
  std::vector<std::string> notes;
};

}  // namespace inflight
