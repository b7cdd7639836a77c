// Stamps of runs as a machine with two cores might have made them.
#pragma once

#include <chrono>
#include <vector>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/report/timeline_way.hpp"

namespace inflight {

/// Every `period` ms a frame: half a millisecond of decoding, 0.2 of filling, then `in_device` ms. Requests take turns.
inline std::vector<FrameStamps> example_frames(int count, double period, double in_device, std::size_t requests) {
  static const std::vector<char> names(64);
  std::vector<FrameStamps> frames;
  for (int i = 0; i < count; ++i) {
    const auto after = [&](double milliseconds) {
      const Milliseconds since(i * period + milliseconds);
      return TimePoint(std::chrono::hours(1)) + std::chrono::duration_cast<Clock::duration>(since);
    };
    FrameStamps frame;
    frame.index = i;
    frame.request = &names[static_cast<std::size_t>(i) % requests];
    frame.asked = after(0);
    frame.decoded = frame.acquired = after(0.5);
    frame.submitted = after(0.7);
    frame.completed = frame.taken = after(0.7 + in_device);
    frame.delivered = after(0.75 + in_device);
    frame.finished = after(0.8 + in_device);
    frames.push_back(frame);
  }
  return frames;
}

/// Three ways and their frames.
struct ExampleRuns {
  std::vector<FrameStamps> sync = example_frames(100, 3, 2, 1);
  std::vector<FrameStamps> two = example_frames(100, 2, 3.2, 2);
  std::vector<FrameStamps> queue = example_frames(100, 1.25, 4, 4);
  std::vector<TimelineWay> ways{{"sync", "", sync, {}},
                                {"two-requests", "", two, {}},
                                {"queue", "SIMULATED accelerator", queue, {.callback_thread = true, .streams = 2}}};
};

}  // namespace inflight
