#include "comparable.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace inflight {
namespace {

class Differences {
 public:
  template <class Value>
  void unless_equal(const char* what, const Value& old_value, const Value& new_value) {
    if (old_value == new_value) return;
    found_.push_back(fmt::format("{}: {} in old, {} in new", what, text(old_value), text(new_value)));
  }
  /// The content of a file: its hash where there is one, else its path.
  void unless_same_file(const char* what, const std::string& old_hash, const std::string& new_hash,
                        const std::string& old_path, const std::string& new_path) {
    if (!old_hash.empty() && !new_hash.empty()) {
      if (old_hash != new_hash) {
        found_.push_back(fmt::format("{}: another file, SHA-256 {}... in old, {}... in new", what,
                                     old_hash.substr(0, 12), new_hash.substr(0, 12)));
      }
      return;
    }
    unless_equal(what, old_path, new_path);
  }
  void add(std::string text) { found_.push_back(std::move(text)); }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  static std::string text(const std::string& value) { return value.empty() ? "nothing" : value; }
  static std::string text(double value) { return fmt::format("{:g}", value); }
  static std::string text(int value) { return std::to_string(value); }

  std::vector<std::string> found_;
};

/// 0 stands for what a record does not tell, or for no limit.
std::string number_or(const char* none, double value) { return value > 0 ? fmt::format("{:g}", value) : none; }

void compare_settings(const CompareRecord& old_record, const CompareRecord& new_record, Differences& found) {
  for (const WayRecord& before : old_record.ways) {
    const auto after = std::ranges::find(new_record.ways, before.name, &WayRecord::name);
    if (after == new_record.ways.end()) continue;
    const auto all = [](const SettingsRecord& of) {
      return fmt::format("device {}, hint {}, streams {}, threads {}, requests {}, precision {}{}", of.device, of.hint,
                         of.streams, of.threads, of.requests, of.precision,
                         of.properties.empty() ? "" : ", " + of.properties);
    };
    found.unless_equal(("settings asked of " + before.name).c_str(), all(before.asked), all(after->asked));
  }
  found.unless_equal("settings, simulated accelerator", old_record.simulated, new_record.simulated);
  found.unless_equal("settings, preprocessing", old_record.preprocess, new_record.preprocess);
  found.unless_equal("settings, threshold", old_record.threshold, new_record.threshold);
  found.unless_equal("clip, start", old_record.clip_start, new_record.clip_start);
}

std::string names_of(const CompareRecord& record) {
  std::string names;
  for (const WayRecord& way : record.ways) names += (names.empty() ? "" : ", ") + way.name;
  return names;
}

/// What makes the figures of a record meaningless, and not only uncertain.
void check_outputs(const char* side, const CompareRecord& record, Differences& found) {
  if (record.ways.size() > 1 && record.frames_compared > 0 && !record.outputs_equal) {
    found.add(fmt::format("outputs of the ways differ in {}", side));
  }
  for (const WayRecord& way : record.ways) {
    if (way.failed > 0)
      found.add(fmt::format("frames failed in {}: {} of {} of {}", side, way.failed, way.frames, way.name));
  }
  if (record.ways.empty() || record.rounds.done == 0) found.add(fmt::format("nothing was measured in {}", side));
}

}  // namespace

std::vector<std::string> differences(const CompareRecord& old_record, const CompareRecord& new_record,
                                     bool same_settings) {
  Differences found;
  const MachineRecord &before = old_record.machine, &after = new_record.machine;
  found.unless_equal("machine, CPU", before.cpu, after.cpu);
  found.unless_equal("machine, cores", number_or("not told", before.cores), number_or("not told", after.cores));
  found.unless_equal("machine, CPU quota in cores", number_or("no limit", before.quota),
                     number_or("no limit", after.quota));
  // The kernel keeps a little for itself, and not always the same.
  const auto gigabytes = [](const MachineRecord& of) {
    return number_or("not told", std::round(static_cast<double>(of.memory) / 1e9));
  };
  found.unless_equal("machine, memory in GB", gigabytes(before), gigabytes(after));
  found.unless_same_file("model", before.model_sha256, after.model_sha256, old_record.model_path,
                         new_record.model_path);
  found.unless_equal("model, input width", old_record.input_width, new_record.input_width);
  found.unless_equal("model, input height", old_record.input_height, new_record.input_height);
  found.unless_equal("model, type", old_record.model_type, new_record.model_type);
  found.unless_same_file("clip", before.clip_sha256, after.clip_sha256, old_record.clip_path, new_record.clip_path);
  // Of a long clip a slower run takes fewer frames; the beginning is the same.
  const auto few = std::min(old_record.rounds.unique_frames, new_record.rounds.unique_frames);
  const auto many = std::max(old_record.rounds.unique_frames, new_record.rounds.unique_frames);
  if (many > few + few / 2) {
    found.add(fmt::format("clip: {} different frames in old, {} in new; give both the same --frames",
                          old_record.rounds.unique_frames, new_record.rounds.unique_frames));
  }
  found.unless_equal("settings, ways", names_of(old_record), names_of(new_record));
  if (same_settings) compare_settings(old_record, new_record, found);
  check_outputs("old", old_record, found);
  check_outputs("new", new_record, found);
  return found.take();
}

std::vector<std::string> software_remarks(const CompareRecord& old_record, const CompareRecord& new_record) {
  std::vector<std::string> texts;
  if (old_record.machine.openvino != new_record.machine.openvino) {
    texts.push_back(
        fmt::format("OpenVINO is {} in old and {} in new", old_record.machine.openvino, new_record.machine.openvino));
  }
  return texts;
}

std::vector<std::string> remarks(const CompareRecord& old_record, const CompareRecord& new_record) {
  std::vector<std::string> texts = software_remarks(old_record, new_record);
  for (const auto& [side, record] : {std::pair{"old", &old_record}, std::pair{"new", &new_record}}) {
    for (const std::string& reason : record->reasons) texts.push_back(fmt::format("{} is INVALID: {}", side, reason));
  }
  return texts;
}

}  // namespace inflight
