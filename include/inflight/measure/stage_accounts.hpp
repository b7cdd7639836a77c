// Where the time of frames goes, stage by stage.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "inflight/base/clock.hpp"
#include "inflight/base/frame_stamps.hpp"

namespace inflight {

/// The stages of a frame's way, in their order.
enum class Stage {
  read,          ///< reading packets, or waiting for them
  decode,        ///< packets to pictures, as the reading thread sees it
  wait_request,  ///< until a request is idle
  fill,          ///< preprocessing into the request's input
  device,        ///< from the hand-over to OpenVINO until the result is seen: its own queueing, and the inference
  wait_order,    ///< until it is this result's turn to be delivered
  callback,      ///< outputs to detections
  draw,          ///< drawing
  encode,        ///< encoding, as the delivering thread sees it
  sink,          ///< what else takes the result
};
/// How many there are.
inline constexpr std::size_t stage_count = 10;

/// "read", "decode", "wait_request"...
const char* name_of(Stage stage) noexcept;

/// The sums over frames. Adding one is a few instructions and allocates nothing. Thread: one at a time.
class StageAccounts {
 public:
  /// Adds a frame that is through.
  void add(const FrameStamps& stamps) noexcept;
  /// Adds all that `other` holds.
  void merge(const StageAccounts& other) noexcept;

  /// Frames that were added.
  std::int64_t frames() const noexcept { return frames_; }
  /// Mean time that a frame spent in the stage; 0 without frames. Stages of several frames overlap.
  Milliseconds wall(Stage stage) const noexcept;
  /// Of it, how long a thread of the pipeline was on a processor, from those frames of which it is known: of read and
  /// decode together (under decode), fill, callback, draw, encode and sink; 0 for the others.
  Milliseconds cores(Stage stage) const noexcept;
  /// The same of all stages together: without what inference uses.
  Milliseconds cores() const noexcept;

 private:
  std::array<Clock::duration, stage_count> wall_{};
  std::array<Clock::duration, stage_count> cores_{};
  std::int64_t frames_ = 0, sampled_ = 0;
};

}  // namespace inflight
