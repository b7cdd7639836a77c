// A run as a picture needs it: lanes of threads, requests and streams, with a box for whatever a frame did in them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/measure/device_estimate.hpp"

namespace inflight {

/// What a frame, or a thread for it, is about.
enum class Activity {
  read,          ///< reading packets, or waiting for them
  decode,        ///< packets to a picture
  wait_request,  ///< the thread waits until a request is idle
  fill,          ///< preprocessing into the request's input
  wait_result,   ///< the thread waits until the inference is over
  callback,      ///< outputs to detections
  draw,          ///< drawing
  encode,        ///< encoding
  sink,          ///< what else takes the result
  wait_stream,   ///< in the device, waiting for a stream; estimated
  execute,       ///< in the device, in a stream; estimated
  unseen,        ///< done, until the thread that takes results came to see it; estimated
};
/// How many there are.
inline constexpr std::size_t activity_count = 12;

/// For people: "waits for a request".
const char* name_of(Activity activity) noexcept;

/// What a lane stands for.
enum class LaneKind {
  reader,    ///< the thread that reads, decodes and fills; where it does all, with what follows the device
  callback,  ///< a thread that delivers results: OpenVINO's, or one of those that were asked for
  request,   ///< an inference request, from the hand-over to OpenVINO until the result is seen
  stream,    ///< a stream of the device, estimated
};

/// Lanes of one kind are numbered from 0. Each is on its own.
struct LaneId {
  LaneKind kind = LaneKind::reader;
  int number = 0;

  auto operator<=>(const LaneId&) const = default;  ///< by kind, then by number
};

/// From `begin` to `end`, in a lane, for a frame. Of a microsecond at least.
struct TimelineBox {
  LaneId lane;
  Activity activity = Activity::read;
  TimePoint begin, end;
  std::int64_t frame = 0;  ///< its index in the run
  bool failed = false;     ///< the frame is one that failed
};

/// The boxes of one frame after another, of a whole run: in memory only the estimates, and the boxes of one frame.
class FrameBoxes {
 public:
  /// `frames`: in any order; not copied.
  FrameBoxes(std::span<const FrameStamps> frames, const WayShape& shape);

  /// How many frames there are.
  std::size_t size() const noexcept { return frames_.size(); }
  /// Those of the frame at this place of `frames`, in no order. Valid until the next call.
  std::span<const TimelineBox> operator[](std::size_t place);

 private:
  void add(LaneId lane, Activity activity, TimePoint begin, TimePoint end);
  void add_thread_boxes(const DeviceTimes& device, LaneId deliverer);
  void add_device_boxes(const DeviceTimes& device, int request);

  std::span<const FrameStamps> frames_;
  bool callback_thread_;
  std::vector<DeviceTimes> device_;
  std::vector<int> requests_, deliverers_;
  const FrameStamps* frame_ = nullptr;  // whose boxes are being made
  std::array<TimelineBox, 16> boxes_{};
  std::size_t count_ = 0;
};

/// A lane and its boxes, in the order of their beginnings.
struct TimelineLane {
  LaneId id;
  std::vector<TimelineBox> boxes;
};

/// Lanes of all threads, requests and streams, ordered by kind and number, with the boxes that reach into the time from
/// `from` to `to`; boxes are not cut at its ends. A lane without a box is there too.
std::vector<TimelineLane> make_timeline(std::span<const FrameStamps> frames, const WayShape& shape, TimePoint from,
                                        TimePoint to);

/// A stretch of time of a run.
struct TimeSpan {
  TimePoint from, to;
  std::int64_t delivered = 0;  ///< frames that were delivered in it
};
/// The one that stands for a run: of that length, from its middle half, and with as many frames delivered as there are
/// on average; of several such the one nearest to the middle. The whole run where it is shorter.
TimeSpan typical_span(std::span<const FrameStamps> frames, Milliseconds length);

}  // namespace inflight
