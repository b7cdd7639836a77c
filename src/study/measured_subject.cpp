#include "measured_subject.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace inflight {
namespace {

/// ", mean 127.5", or three numbers, where they change anything.
std::string changed(const char* name, const std::array<float, 3>& values, float neutral) {
  if (std::ranges::all_of(values, [&](float value) { return value == neutral; })) return {};
  const bool alike = values[0] == values[1] && values[1] == values[2];
  return fmt::format(", {} {:g}", name, values[0]) +
         (alike ? std::string() : fmt::format(" {:g} {:g}", values[1], values[2]));
}

}  // namespace

void describe(const MeasuredSubject& subject, SubjectRecord& record) {
  const ImageModel& model = subject.model;
  record.model = model.name;
  record.model_path = subject.model_options.path;
  record.model_type = model.adapter->name();
  record.input_width = model.preprocess.width;
  record.input_height = model.preprocess.height;
  record.preprocess = fmt::format("{}, {}, {}", model.preprocess.path == PreprocessPath::fast ? "fast" : "exact",
                                  model.preprocess.resize == ResizeMode::stretch ? "stretch" : "letterbox",
                                  model.preprocess.color == ColorOrder::rgb ? "rgb" : "bgr");
  record.preprocess += changed("mean", subject.model_options.normalization.mean, 0);
  record.preprocess += changed("scale", subject.model_options.normalization.scale, 1);
  record.threshold = subject.threshold;
  record.simulated = simulation_text(model);
  record.clip_path = subject.clip_path;
  record.clip_codec = subject.clip.codec;
  record.clip_pixel_format = subject.clip.pixel_format;
  record.clip_width = subject.clip.width;
  record.clip_height = subject.clip.height;
  record.clip_frame_rate = subject.clip.frame_rate;
  record.clip_start = subject.start.count();
}

std::string simulation_note(const SubjectRecord& record) {
  if (record.simulated.empty()) return {};
  return record.simulated + ": the model itself was not run, and nothing could be found";
}

std::vector<std::string> damage_notes(const ReadCounts& damage) {
  std::vector<std::string> notes;
  if (damage.damaged_packets > 0) {
    notes.push_back(fmt::format("damaged packets of the clip that were skipped: {}", damage.damaged_packets));
  }
  if (damage.damaged_frames > 0) {
    notes.push_back(
        fmt::format("damaged frames of the clip, of which the decoder made up parts: {}", damage.damaged_frames));
  }
  if (damage.skipped_files > 0) {
    notes.push_back(fmt::format("files of the folder that are no pictures and were skipped: {}", damage.skipped_files));
  }
  if (damage.ended_early) notes.push_back(damage.early_reason);
  return notes;
}

}  // namespace inflight
