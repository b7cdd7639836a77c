// An explanation as it might have been measured.
#pragma once

#include <string>

#include "inflight/report/explain_record.hpp"

namespace inflight {

inline ExplainRecord example_explanation() {
  ExplainRecord record;
  record.machine.cpu = "AMD EPYC";
  record.machine.cores = 2;
  record.machine.model_sha256 = std::string(64, 'a');
  record.machine.command = {"inflight", "explain", "-i", "bikes.mp4"};
  record.model = "face";
  record.clip_path = "bikes.mp4";
  record.clip_frame_rate = 25;
  record.way = "queue";
  record.program = "frames as fast as they decode, queue, results only counted";
  record.given = {"CPU", "throughput", "2", "2", "4", "bf16"};
  record.rounds = 5;
  record.frames = 1000;
  record.observed_ms_per_frame = 2.5;
  record.observed_fps = 400;
  record.cores_used = 1.95;
  record.waterfall = {{"ceiling", "the device alone", 2.0, 1.9, 2.1, 0.95, 3.9, 2.0},
                      {"decode", "frames are read and decoded", 0.45, 0.4, 0.5, 0.95, 0.9, 2.45}};
  record.remainder_ms_per_frame = 0.05;
  record.stages = {{"decode", 0.5, 0.45}, {"wait_request", 1.8, 0}, {"device", 8, 0}, {"encode", 1.5, 1.25}};
  record.device_waiting_ms = 4;
  record.device_executing_ms = 4;
  record.threads = {{"OpenVINO", 5, 4.0, 1.6}};
  record.limit = {"device compute", "1.95 of 2 cores are in use, 1.60 of them by inference", {"2.50 ms per frame"}};
  record.remedies = {{.change = "8 requests instead of 4",
                      .flags = "--requests 8",
                      .fps_before = 400,
                      .fps_after = 404,
                      .ratio = {1.01, 0.99, 1.03, 0.94},
                      .helped = false}};
  record.gain = {.sync_fps = 250,
                 .predicted_fps = 420,
                 .predicted = 1.68,
                 .bound = "cores",
                 .achieved = {1.6, 1.55, 1.65, 0.94},
                 .overlap = {1.2, 1.15, 1.25, 0.94},
                 .streams = {1.33, 1.3, 1.4, 0.94},
                 .helps = true,
                 .verdict = "async gives 1.60 times sync here"};
  record.doctor = {{"affinity", "all 2 cores may be used", false}};
  return record;
}

}  // namespace inflight
