// Whether the ways found the same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "inflight/report/compare_record.hpp"
#include "inflight/vision/detection.hpp"

namespace inflight {

/// What one frame gave, in a form that compares quickly.
struct FrameDigest {
  std::uint64_t outputs = 0;
  std::uint64_t detections = 0;
  int count = 0;  ///< detections
  bool failed = false;
  bool nan = false;  ///< an output holds what is no number
  int width = 0, height = 0;

  bool operator==(const FrameDigest&) const = default;
};

/// Detections in eight bytes, equal when they are equal bit for bit.
std::uint64_t digest_of(const Detections& detections);

/// What one way gave.
struct WayFindings {
  std::string name;
  std::span<const FrameDigest> frames;  ///< of the first pass
  std::int64_t unsteady_frames = 0;     ///< of measured rounds, with other detections than in the first pass
  bool alike = false;                   ///< compiled as the queue is, and not at its best
  std::int64_t dropped_frames = 0;      ///< of measured rounds: read, or to be read, and never delivered
  std::int64_t repeated_frames = 0;     ///< of measured rounds: delivered again
};

/// "sync", "sync like for like".
std::string full_name(const WayFindings& way);

/// Fills in `outputs_equal`, `frames_compared`, `outputs_text` and `detections_per_frame`.
void compare_outputs(const std::vector<WayFindings>& ways, CompareRecord& record);

}  // namespace inflight
