#include "explain_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "machine_words.hpp"
#include "subject_words.hpp"

namespace inflight::report {
namespace {

std::string between(const Interval& interval) {
  const std::string ends = range(interval, " to ");
  return ends.empty() ? "" : fmt::format(" ({})", ends);
}

}  // namespace

std::string milliseconds(double value) {
  if (!std::isfinite(value)) return "-";
  return fmt::format("{:.{}f}", value, std::abs(value) >= 99.95 ? 0 : std::abs(value) >= 9.995 ? 1 : 2);
}

std::string signed_milliseconds(double value) {
  const std::string text = milliseconds(value);
  return value >= 0 && text != "-" ? "+" + text : text;
}

std::string stage_words(const std::string& name) {
  if (name == "wait_request") return "wait for a request";
  if (name == "wait_order") return "wait for its turn";
  if (name == "fill") return "preprocessing";
  if (name == "device") return "in the device";
  if (name == "callback") return "postprocessing";
  if (name == "draw") return "drawing";
  if (name == "encode") return "encoding";
  return name;
}

std::string headline(const ExplainRecord& record) {
  if (record.waterfall.empty()) return "Nothing was measured";
  return fmt::format("{}{}: {} ms per frame ({} frames/s), bound by {}",
                     record.simulated.empty() ? "" : "SIMULATED: ", record.way,
                     milliseconds(record.observed_ms_per_frame), number(record.observed_fps), record.limit.stage);
}

std::string limit_sentence(const ExplainRecord& record) {
  return fmt::format("Limit: {}. {}.", record.limit.stage, record.limit.text);
}

std::string remedy_sentence(const RemedyRecord& remedy) {
  if (remedy.fps_after <= 0)
    return fmt::format("{} [{}]: could not be tried: {}", remedy.change, remedy.flags, remedy.note);
  std::string text =
      fmt::format("{} [{}]: {} -> {} frames/s, {} times{}", remedy.change, remedy.flags, number(remedy.fps_before),
                  number(remedy.fps_after), number(remedy.ratio.median), between(remedy.ratio));
  text += remedy.helped ? ": it helps" : remedy.ratio.high < 1 ? ": it makes things worse" : ": it does not help";
  return remedy.note.empty() ? text : text + "; " + remedy.note;
}

std::string no_remedy_sentence(const ExplainRecord& record) {
  if (record.interrupted) return "No remedy was tried: interrupted.";
  if (record.limit.stage == "source") return "No setting helps against a source that gives no more frames.";
  return "There is no setting to try against this limit.";
}

std::string prediction_sentence(const GainRecord& gain) {
  if (gain.predicted <= 0) return "The gain of async was not predicted.";
  const std::string text = fmt::format(
      "Predicted from synchronous runs alone: at best {} frames/s, {} times sync, bound by {}. Reached by the queue: "
      "{} "
      "times{}.",
      number(gain.predicted_fps), number(gain.predicted), gain.bound, number(gain.achieved.median),
      between(gain.achieved));
  constexpr double clearly = 1.1;
  if (gain.achieved.median <= clearly * gain.predicted) return text;
  return text + " That is more than predicted: the machine was not the same for both.";
}

std::string validity_sentence(const ExplainRecord& record) {
  return record.valid ? "VALID: nothing speaks against these figures."
                      : fmt::format("INVALID: {}.", fmt::join(record.reasons, "; "));
}

std::string device_split_sentence(const ExplainRecord& record) {
  if (record.device_executing_ms <= 0) return {};
  return fmt::format(
      "In the device, estimated of the run for the timeline: {} ms waiting for a stream, {} ms executing, "
      "{} ms done and not yet seen.",
      milliseconds(record.device_waiting_ms), milliseconds(record.device_executing_ms),
      milliseconds(record.device_unseen_ms));
}

std::vector<Fact> facts(const ExplainRecord& record) {
  return {
      {"program", record.program},
      {"device",
       record.given.device.empty()
           ? ""
           : joined({record.given.device, "hint " + record.given.hint, record.given.streams + " streams",
                     record.given.threads + " threads", record.given.requests + " requests", record.given.precision})},
      {"model", model_sentence(record)},
      {"clip", clip_sentence(record)},
      {"machine", machine_sentence(record.machine)},
      {"software", software_sentence(record.machine)},
      {"SHA-256", hashes_sentence(record.machine)},
      {"command", command_line(record.machine)},
      {"measured",
       joined({counted(record.rounds, "round"), counted(record.frames, "frame") + " of the program", record.date})},
  };
}

std::vector<std::string> method(const ExplainRecord&) {
  return {
      "The levels are measured runs of the same program, each with one cost more than the one before. "
      "All runs take turns, in a new random order in each round, so that a machine that drifts meets all of them "
      "alike.",
      "A level is the median over the rounds, each round first divided by how fast the machine was in it; "
      "a step is the difference of two levels. "
      "Steps and remainder sum up to what was observed in runs of the whole program alone.",
      "Each run tells apart what inference took. What that is more than alone is no part of the other steps: "
      "it is the last one, slower inference. "
      "Where the decoder has threads of its own, a step before it says what these take more than in the step decode; "
      "where a video is written, another what encoding takes, in its call and on threads of its own.",
      "Core time of a step is processor time of the whole process, all cores. "
      "A step that costs core time but no time per frame is hidden behind something else.",
      "Stages are means over all frames of the observed runs. "
      "Stages of different frames overlap, so they do not sum up to the time between two frames.",
      "The prediction takes the stages of synchronous loops, one for each stream, side by side: "
      "what a frame costs when all cores work. They ran before anything ran asynchronously.",
  };
}

}  // namespace inflight::report
