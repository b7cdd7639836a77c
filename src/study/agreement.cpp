#include "agreement.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "inflight/base/counted.hpp"
#include "inflight/base/digest.hpp"

namespace inflight {
namespace {

/// How far two ways agree on the frames that both have seen.
struct Difference {
  std::size_t outputs = 0;     // frames whose output tensors differ
  std::size_t detections = 0;  // of these, frames whose detections differ
  std::size_t first = 0;       // the first frame that differs in any
};

Difference difference(std::span<const FrameDigest> a, std::span<const FrameDigest> b) {
  Difference found;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] == b[i]) continue;
    ++found.outputs;
    if (a[i].detections != b[i].detections || a[i].failed != b[i].failed) ++found.detections;
    found.first = i;
  }
  return found;
}

/// Every disagreement in words; empty when there is none.
std::string disagreements(const std::vector<WayFindings>& ways, std::size_t frames) {
  std::vector<std::string> texts;
  const WayFindings& reference = ways.front();
  for (const WayFindings& way : std::span(ways).subspan(1)) {
    const Difference found = difference(reference.frames.first(frames), way.frames.first(frames));
    if (found.outputs == 0) continue;
    texts.push_back(
        fmt::format("{} and {} differ in the outputs of {} of {} frames ({} in what was detected), first in frame {}",
                    full_name(reference), full_name(way), found.outputs, frames, found.detections, found.first));
  }
  for (const WayFindings& way : ways) {
    if (way.unsteady_frames == 0) continue;
    texts.push_back(fmt::format("{} detected something else in {} frames of its measured rounds", full_name(way),
                                way.unsteady_frames));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

std::string full_name(const WayFindings& way) { return way.name + (way.alike ? " like for like" : ""); }

std::uint64_t digest_of(const Detections& detections) {
  // Field after field without gaps, so that bytes are equal exactly when the numbers are, bit for bit.
  static_assert(sizeof(Detection) == sizeof(Box) + sizeof(float) + 2 * sizeof(int) + 5 * sizeof(Point));
  return digest(std::as_bytes(std::span(detections)), 0);
}

void compare_outputs(const std::vector<WayFindings>& ways, CompareRecord& record) {
  std::size_t frames = ways.empty() ? 0 : ways.front().frames.size();
  for (const WayFindings& way : ways) frames = std::min(frames, way.frames.size());
  record.frames_compared = static_cast<std::int64_t>(frames);
  if (frames == 0) {
    record.outputs_text = "nothing was compared";
    return;
  }
  std::int64_t detections = 0;
  for (const FrameDigest& frame : ways.front().frames) detections += frame.count;
  record.detections_per_frame = static_cast<double>(detections) / static_cast<double>(ways.front().frames.size());
  if (ways.size() == 1) {
    record.outputs_text = "one way only: nothing to compare its outputs with";
    return;
  }
  record.outputs_text = disagreements(ways, frames);
  record.outputs_equal = record.outputs_text.empty();
  if (record.outputs_equal) {
    const auto alike = std::ranges::count_if(ways, &WayFindings::alike);
    record.outputs_text =
        fmt::format("equal bit for bit in all {} ways{}, on all {}", static_cast<std::ptrdiff_t>(ways.size()) - alike,
                    alike > 0 ? ", at their best and like for like" : "", counted(record.frames_compared, "frame"));
  }
}

}  // namespace inflight
