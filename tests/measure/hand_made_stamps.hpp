// Stamps as a run might have made them, in whole milliseconds.
#pragma once

#include <chrono>

#include "inflight/base/frame_stamps.hpp"

namespace inflight {

/// So many milliseconds after the run's beginning.
inline TimePoint at(double milliseconds) {
  return TimePoint(std::chrono::hours(1)) + std::chrono::duration_cast<Clock::duration>(Milliseconds(milliseconds));
}

/// When a frame was handed to the device, and when a thread saw that it was done. Decoding takes 2 ms, filling 1 ms,
/// postprocessing 0.5 ms and the sink 0.5 ms.
inline FrameStamps frame_in_device(std::int64_t index, double submitted, double completed,
                                   const void* request = nullptr) {
  FrameStamps stamps;
  stamps.index = index;
  stamps.request = request;
  stamps.asked = at(submitted - 3);
  stamps.decoded = stamps.acquired = at(submitted - 1);
  stamps.submitted = at(submitted);
  stamps.completed = stamps.taken = at(completed);
  stamps.delivered = at(completed + 0.5);
  stamps.finished = at(completed + 1);
  return stamps;
}

}  // namespace inflight
