#include "verdict.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "inflight/measure/bootstrap.hpp"
#include "rounds.hpp"

namespace inflight {
namespace {

using Reasons = std::vector<std::string>;

// More of it than this, in cores, is no longer the noise of a quiet machine.
constexpr double tolerated_others = 0.10, tolerated_stolen = 0.05;

/// Whether the first round fell out of line, and downwards: something was still cold. Clearly below all others, and by
/// much more than they scatter.
bool has_cold_start(std::span<const double> fps) {
  constexpr std::size_t enough = 5;
  if (fps.size() < enough) return false;
  const auto rest = fps.subspan(1);
  const auto [least, most] = std::ranges::minmax(rest);
  return fps[0] < 0.9 * least && least - fps[0] > most - least;
}

/// Every way of both tables once, by the name that tells them apart.
std::vector<std::pair<std::string, const WayRecord*>> all_ways(const CompareRecord& record) {
  std::vector<std::pair<std::string, const WayRecord*>> ways;
  ways.reserve(record.ways.size() + record.like_for_like.size());
  for (const WayRecord& way : record.ways) ways.emplace_back(way.name, &way);
  for (const WayRecord& way : record.like_for_like) {
    const bool is_both = std::ranges::any_of(
        record.ways, [&](const WayRecord& best) { return best.name == way.name && best.round_fps == way.round_fps; });
    if (!is_both) ways.emplace_back(way.name + " like for like", &way);
  }
  return ways;
}

void judge_rounds(const CompareRecord& record, Reasons& reasons) {
  const RoundsRecord& rounds = record.rounds;
  if (rounds.interrupted) reasons.push_back("interrupted");
  if (rounds.done < fewest_rounds) {
    reasons.push_back(fmt::format("{}: {} of at least {}{}", too_few_rounds, rounds.done, fewest_rounds,
                                  rounds.ended_by == "time" ? "; give more --time, or fewer --frames" : ""));
  }
  std::int64_t requests = static_cast<std::int64_t>(record.ceiling.requests);
  for (const auto& [name, way] : all_ways(record)) {
    requests = std::max(requests, static_cast<std::int64_t>(way->first_inference.size()));
  }
  if (rounds.unique_frames == 1) {
    reasons.push_back(
        "a round has one frame only, which is not how different frames follow each other; take a longer clip, or more "
        "--frames or --seconds");
  }
  if (rounds.frames_per_round > 0 && rounds.frames_per_round < frames_per_request * requests) {
    reasons.push_back(fmt::format("too few frames in a round: {}, and to keep {} requests busy takes {} or more",
                                  rounds.frames_per_round, requests, frames_per_request * requests));
  }
}

void judge_frames(const std::vector<WayFindings>& findings, const CompareRecord& record, Reasons& reasons) {
  for (const auto& [name, way] : all_ways(record)) {
    if (way->failed > 0) reasons.push_back(fmt::format("{}: {} of {} frames failed", name, way->failed, way->frames));
  }
  for (const WayFindings& way : findings) {
    if (way.dropped_frames > 0 || way.repeated_frames > 0) {
      reasons.push_back(
          fmt::format("{}: {} frames dropped, {} repeated", full_name(way), way.dropped_frames, way.repeated_frames));
    }
    const auto nan = std::ranges::count_if(way.frames, &FrameDigest::nan);
    if (nan > 0) {
      reasons.push_back(fmt::format("{}: outputs hold NaN in {} of {} frames; what a model detects there means nothing",
                                    full_name(way), nan, way.frames.size()));
    }
  }
  if (findings.size() > 1 && record.frames_compared > 0 && !record.outputs_equal) {
    reasons.push_back("outputs differ: " + record.outputs_text);
  }
}

void judge_machine(const CompareRecord& record, Reasons& reasons) {
  const LoadRecord& load = record.load;
  if (load.others > tolerated_others) {
    reasons.push_back(fmt::format("other load on the machine: other processes used {:.2f} cores", load.others));
  }
  if (load.stolen > tolerated_stolen) {
    reasons.push_back(fmt::format("other load on the machine: the hypervisor took {:.2f} cores", load.stolen));
  }
  if (load.throttled > 0) {
    reasons.push_back(
        fmt::format("throttled: the CPU quota was used up in {} periods, and processors held for {:.2f} s",
                    load.throttled, load.throttled_seconds));
  }
}

void judge_figures(const CompareRecord& record, Reasons& reasons) {
  for (const auto& [name, way] : all_ways(record)) {
    if (has_cold_start(way->round_fps)) {
      reasons.push_back(
          fmt::format("cold start in the window: the first round of {} was {:.0f} frames/s, the rest {:.0f}", name,
                      way->round_fps[0], median_of(std::span(way->round_fps).subspan(1))));
    }
  }
}

/// The figures hold up with their intervals, however wide these are; that more was wanted is no doubt about them. Who
/// gives the number of rounds wants no width.
void note_width(CompareRecord& record) {
  if (record.rounds.ended_by != "time") return;
  double widest = 0;
  for (const auto& [name, way] : all_ways(record)) widest = std::max(widest, relative_half_width(way->ratio_to_sync));
  if (widest <= wanted_half_width) return;
  record.notes.push_back(
      fmt::format("times sync is known to within {:.1f} % only, not {:.0f} %: more --time narrows it", 100 * widest,
                  100 * wanted_half_width));
}

}  // namespace

void judge(const std::vector<WayFindings>& findings, CompareRecord& record) {
  Reasons reasons;
  judge_rounds(record, reasons);
  judge_frames(findings, record, reasons);
  judge_machine(record, reasons);
  judge_figures(record, reasons);
  note_width(record);
  record.valid = reasons.empty();
  record.reasons = std::move(reasons);
}

}  // namespace inflight
