#include "compare_account.hpp"

#include <algorithm>
#include <ctime>
#include <string>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openvino/runtime/properties.hpp>

#include "inflight/base/counted.hpp"
#include "measured_subject.hpp"

namespace inflight {
namespace {

bool is_from_cache(const ov::CompiledModel& compiled) {
  try {
    return compiled.get_property(ov::loaded_from_cache);
  } catch (const std::exception&) {  // a device that does not tell
    return false;
  }
}

/// Where frames first change their size; their number when they do not.
std::size_t first_of_another_size(std::span<const FrameDigest> frames) {
  const auto changed = std::ranges::adjacent_find(
      frames, [](const FrameDigest& a, const FrameDigest& b) { return a.width != b.width || a.height != b.height; });
  return changed == frames.end() ? frames.size() : static_cast<std::size_t>(changed - frames.begin()) + 1;
}

}  // namespace

void describe(const CompareOptions& options, const ImageModel& model, const VideoInfo& clip, CompareRecord& record) {
  record.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  describe({model, options.model, options.threshold, clip, options.input, options.start}, record);
}

void tell_compiles(const CompareOptions& options, const CompiledModels& compiled, ColdStartRecord& record) {
  for (const CompiledModels::Compiled& one : compiled.all()) {
    std::vector<std::string> users;
    for (const WayOptions& way : options.ways) {
      if (way.compile == one.options) users.push_back(way.name);
    }
    if (options.alike && options.alike->compile == one.options) {
      if (!options.brief) users.push_back("like for like");
      if (users.empty()) users.push_back("the ceiling");
    }
    record.compiles.push_back({fmt::format("{}", fmt::join(users, ", ")), one.took.count(), is_from_cache(one.model)});
  }
}

void add_notes(const ReadCounts& damage, std::span<const FrameDigest> frames, CompareRecord& record) {
  const RoundsRecord& rounds = record.rounds;
  std::vector<std::string>& notes = record.notes;
  if (const auto note = simulation_note(record); !note.empty()) notes.push_back(note);
  if (rounds.interrupted) {
    const std::string done = rounds.asked > 0 ? fmt::format("{} of {}", rounds.done, counted(rounds.asked, "round"))
                                              : counted(rounds.done, "round");
    notes.push_back(fmt::format("interrupted after {}: the figures are of whole rounds only", done));
  }
  for (std::string& note : damage_notes(damage)) notes.push_back(std::move(note));
  if (const auto at = first_of_another_size(frames); at < frames.size()) {
    notes.push_back(
        fmt::format("the frames change their size: {}x{}, from frame {} on {}x{}; each was scaled from its own",
                    frames[at - 1].width, frames[at - 1].height, at, frames[at].width, frames[at].height));
  }
  if (rounds.frames_per_round > rounds.unique_frames) {
    notes.push_back(
        fmt::format("the {} repeated to {} for a round of useful length",
                    rounds.unique_frames == 1 ? "one frame was" : fmt::format("{} frames were", rounds.unique_frames),
                    rounds.frames_per_round));
  }
  if (rounds.done > 0 && !record.load.known) {
    notes.push_back(quiet_is_not_proved);
  }
}

}  // namespace inflight
