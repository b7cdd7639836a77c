// What frames did in the device: when each was executed, which OpenVINO's public interface does not tell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/base/frame_stamps.hpp"

namespace inflight {

/// How a way uses threads and the device: what the stamps themselves do not say.
struct WayShape {
  bool callback_thread = false;  ///< results are seen and delivered on a thread of their own; else one does all
  int streams = 1;               ///< inferences that the device executes at a time, as it tells
};

/// Of one frame, estimated.
struct DeviceTimes {
  bool known = false;     ///< it was in the device; else it failed before, and the rest says nothing
  TimePoint begin, end;   ///< of its execution; waits for a stream before, for its thread after it
  int stream = 0;         ///< which executed it, from 0
  TimePoint looked;       ///< since then the thread that saw its completion did nothing but wait for it
  bool end_seen = false;  ///< that thread was waiting when it ended: `end` is a stamp, not estimated
  TimePoint left;         ///< the device, as a thread saw it: when it was completed, or known to have failed
};

/// For each of `frames`, in their order. Executions begin first in, first out, as soon as one of the streams is free,
/// and end when the completion was seen. Where the thread that sees completions was busy until just then, the frame may
/// have ended before: it is given the time that the others took (their median). Allocates some 100 bytes a frame.
std::vector<DeviceTimes> estimate_device_times(std::span<const FrameStamps> frames, const WayShape& shape);

/// The parts of the stage *in the device*, mean of the frames that did not fail; all estimated.
struct DeviceSplit {
  Milliseconds waiting{0};    ///< for a stream
  Milliseconds executing{0};  ///< in one
  Milliseconds unseen{0};     ///< done, until the thread that takes results came to see it
  std::int64_t frames = 0;    ///< of which this is the mean
};

/// Their sum is StageAccounts' wall time of Stage::device.
DeviceSplit split_device_time(std::span<const FrameStamps> frames, const WayShape& shape);

}  // namespace inflight
