#include "compare_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "machine_words.hpp"
#include "subject_words.hpp"

namespace inflight::report {
namespace {

bool is_positive(double value) { return std::isfinite(value) && value > 0; }

std::string rounds_text(const CompareRecord& record) {
  const RoundsRecord& rounds = record.rounds;
  std::string text = counted(rounds.done, "round");
  if (rounds.asked > 0 && rounds.asked != rounds.done) {
    text = fmt::format("{} of {}", rounds.done, counted(rounds.asked, "round"));
  }
  text += fmt::format(" of every way, {} each", counted(rounds.frames_per_round, "frame"));
  if (rounds.unique_frames < rounds.frames_per_round) {
    text += fmt::format(", {} of them different", rounds.unique_frames);
  }
  if (rounds.ended_by == "interval") {
    const bool ratios = record.ways.size() > 1 && record.ways.front().ratio_to_sync.median > 0;
    text += ratios ? ", until the ratios were known to 2 %" : ", until frames/s were known to 2 %";
  }
  if (rounds.ended_by == "time") text += fmt::format(", until {:.4g} s were up", rounds.time_limit);
  return text + (rounds.interrupted ? ", interrupted" : "");
}

std::string load_text(const LoadRecord& load) {
  if (!load.known) return {};
  return fmt::format("{:.2f} cores by other processes, {:.2f} stolen by the hypervisor, {:.2f} by inflight",
                     load.others, load.stolen, load.own);
}

std::string cold_start_text(const CompareRecord& record) {
  const ColdStartRecord& cold = record.cold_start;
  std::vector<std::string> parts;
  const auto milliseconds = [](double value) { return number(value) + " ms"; };
  if (cold.read > 0) parts.push_back("read " + milliseconds(cold.read));
  for (const auto& compile : cold.compiles) {
    parts.push_back(fmt::format("compile for {} {}{}", compile.used_by, milliseconds(compile.milliseconds),
                                compile.from_cache ? " from the cache" : ""));
  }
  if (cold.with_cache > 0) {
    parts.push_back(fmt::format("compile again {}, from a cache {}", milliseconds(cold.without_cache),
                                milliseconds(cold.with_cache)));
  }
  for (const auto& way : record.ways) {
    if (way.first_inference.empty()) continue;
    std::string times;
    for (const double time : way.first_inference) times += (times.empty() ? "" : " ") + number(time);
    parts.push_back(fmt::format("first inference of {} {} ms", way.name, times));
  }
  return joined(parts);
}

}  // namespace

std::string number(double value) {
  if (!is_positive(value)) return "-";
  if (value >= 9'999'999) return fmt::format("{:.2e}", value);
  return fmt::format("{:.{}f}", value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.0995 ? 2 : 3);
}

std::string megabytes(std::int64_t bytes) { return number(static_cast<double>(bytes) / 1e6); }

bool is_known(const Interval& interval) { return is_positive(interval.median); }

bool has_range(const Interval& interval) {
  return is_known(interval) && interval.coverage > 0 && std::isfinite(interval.low) && std::isfinite(interval.high);
}

std::string range(const Interval& interval, const std::string& between) {
  if (!has_range(interval) || interval.low == interval.high) return {};
  return number(interval.low) + between + number(interval.high);
}

bool is_same_setting(const std::string& asked, const std::string& given) {
  return std::ranges::equal(asked, given,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::string asked_given(const std::string& asked, const std::string& given, const std::string& arrow) {
  const auto shown = [](const std::string& setting) { return setting.empty() ? "-" : setting; };
  if (is_same_setting(shown(asked), shown(given))) return shown(given);
  return shown(asked) + " " + arrow + " " + shown(given);
}

const WayRecord* fastest(const std::vector<WayRecord>& ways) {
  const WayRecord* best = nullptr;
  for (const auto& way : ways) {
    if (is_known(way.fps) && (!best || way.fps.median > best->fps.median)) best = &way;
  }
  return best;
}

std::optional<bool> outputs_agree(const CompareRecord& record) {
  if (record.ways.size() < 2 || record.frames_compared == 0) return {};
  return record.outputs_equal;
}

namespace {

std::string result_of(const CompareRecord& record) {
  const auto* best = fastest(record.ways);
  if (!best) return "No way was measured";
  auto text = fmt::format("{}: {} frames/s", best->name, number(best->fps.median));
  const auto& ratio = best->ratio_to_sync;
  if (best->name == "sync") return text + (record.ways.size() > 1 ? ", and no other way is faster" : "");
  if (!is_known(ratio)) return text;
  if (range(ratio, "").empty()) return fmt::format("{}, {} times sync", text, number(ratio.median));
  // One digit after the point if that still tells the three numbers apart.
  const auto one_digit = [](double value) { return fmt::format("{:.1f}", value); };
  const bool coarse =
      one_digit(ratio.low) != one_digit(ratio.median) && one_digit(ratio.median) != one_digit(ratio.high);
  const auto shown = [&](double value) { return coarse ? one_digit(value) : number(value); };
  return fmt::format("{}, {} times sync ({} to {}){}", text, shown(ratio.median), shown(ratio.low), shown(ratio.high),
                     ratio.low <= 1 && ratio.high >= 1 ? ": no difference that stands out from the noise" : "");
}

}  // namespace

std::string headline(const CompareRecord& record) {
  return (record.simulated.empty() ? "" : "SIMULATED: ") + result_of(record);
}

std::string outputs_sentence(const CompareRecord& record) {
  const auto agree = outputs_agree(record);
  if (!agree)
    return record.ways.size() < 2 ? "Outputs were not compared: that takes two ways." : "Outputs were not compared.";
  if (!record.outputs_text.empty()) {
    return "Outputs: " + record.outputs_text + (record.outputs_text.ends_with('.') ? "" : ".");
  }
  return fmt::format("Outputs: {} on {}.", *agree ? "all ways found the same" : "the ways differ",
                     counted(record.frames_compared, "frame"));
}

std::string range_sentence(const CompareRecord& record) {
  const auto ratio_coverage = [](const CompareRecord& of) {
    double least = 1;
    for (const WayRecord& one : of.ways) {
      if (has_range(one.ratio_to_sync)) least = std::min(least, one.ratio_to_sync.coverage);
    }
    return least;
  };
  const auto way = std::ranges::find_if(record.ways, [](const WayRecord& one) { return has_range(one.fps); });
  if (way == record.ways.end()) return "No ranges: they take two rounds, and six for 95%.";
  return fmt::format("In brackets: the range that holds the true median with {:.4g}% probability, from {}{}.",
                     100 * way->fps.coverage, counted(static_cast<std::int64_t>(way->round_fps.size()), "round"),
                     way->fps.coverage < 0.95 ? " (95% takes six)" : "") +
         (std::ranges::any_of(record.ways,
                              [](const WayRecord& one) { return one.name != "sync" && has_range(one.ratio_to_sync); })
              ? fmt::format(" Of times sync: the bootstrap interval of {:.4g}%.", 100 * ratio_coverage(record))
              : "");
}

std::string verdict(const CompareRecord& record) {
  if (record.valid) return "VALID";
  return "INVALID" + (record.reasons.empty() ? "" : ": " + fmt::format("{}", fmt::join(record.reasons, "; ")));
}

std::string like_for_like_title(const CompareRecord& record) {
  const SettingsRecord& given = record.like_for_like.front().given;
  return fmt::format("Like for like: all compiled as the queue is (hint {}, streams {})", given.hint, given.streams);
}

std::string ceiling_sentence(const CompareRecord& record) {
  const CeilingRecord& ceiling = record.ceiling;
  if (!is_known(ceiling.fps)) return {};
  const auto between = range(ceiling.fps, " to ");
  return fmt::format("Ceiling of the device: {}{} inferences/s, with prepared inputs and {} always busy.",
                     number(ceiling.fps.median), between.empty() ? "" : " (" + between + ")",
                     counted(static_cast<std::int64_t>(ceiling.requests), "request"));
}

std::string latency_sentence() {
  return "Latency (p50, p90, p99): from a frame decoded to its result delivered, over all measured frames. More "
         "requests in flight raise it: each waits for those before it.";
}

std::vector<std::string> notes(const CompareRecord& record) {
  std::vector<std::string> result;
  for (const auto& way : record.ways) {
    if (way.failed == 0) continue;
    result.push_back(fmt::format("{}: {} of {} failed.", way.name, way.failed, counted(way.frames, "frame")));
  }
  result.insert(result.end(), record.notes.begin(), record.notes.end());
  return result;
}

std::vector<std::string> method(const CompareRecord& record) {
  std::vector<std::string> result{
      "Every round runs each way once over the same frames, in random order, so that a warming or busy machine meets "
      "all of them alike.",
      "frames/s is the median over the rounds. Times sync is the median of the ratios taken round by round: what was "
      "measured side by side shares the machine's mood.",
      "Ranges of frames/s are order statistics, from the k-th smallest round to the k-th largest. They assume nothing "
      "about how the noise is distributed, only that the rounds are independent. Ranges of times sync are percentiles "
      "of the bootstrap, the rounds resampled in pairs.",
      latency_sentence(),
      "Cores used is the CPU time of the whole process divided by wall time.",
  };
  if (std::ranges::any_of(record.ways, [](const WayRecord& way) { return way.peak_memory > 0; })) {
    result.push_back("Peak memory is that of a child process that ran this way alone.");
  }
  return result;
}

std::vector<Fact> facts(const CompareRecord& record) {
  return {
      {"model", model_sentence(record)},
      {"clip", clip_sentence(record)},
      {"machine", machine_sentence(record.machine)},
      {"software", software_sentence(record.machine)},
      {"measured", joined({rounds_text(record), record.date})},
      {"load", load_text(record.load)},
      {"startup", cold_start_text(record)},
      {"SHA-256", hashes_sentence(record.machine)},
      {"command", command_line(record.machine)},
  };
}

}  // namespace inflight::report
