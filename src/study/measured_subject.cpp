#include "measured_subject.hpp"

#include <fmt/format.h>

namespace inflight {

void describe(const MeasuredSubject& subject, SubjectRecord& record) {
  const ImageModel& model = subject.model;
  record.model = model.name;
  record.model_path = subject.model_path;
  record.model_type = model.adapter->name();
  record.input_width = model.preprocess.width;
  record.input_height = model.preprocess.height;
  record.preprocess = fmt::format("{}, {}, {}", model.preprocess.path == PreprocessPath::fast ? "fast" : "exact",
                                  model.preprocess.resize == ResizeMode::stretch ? "stretch" : "letterbox",
                                  model.preprocess.color == ColorOrder::rgb ? "rgb" : "bgr");
  record.threshold = subject.threshold;
  record.simulated = simulation_text(model);
  record.clip_path = subject.clip_path;
  record.clip_codec = subject.clip.codec;
  record.clip_pixel_format = subject.clip.pixel_format;
  record.clip_width = subject.clip.width;
  record.clip_height = subject.clip.height;
  record.clip_frame_rate = subject.clip.frame_rate;
}

std::string simulation_note(const SubjectRecord& record) {
  if (record.simulated.empty()) return {};
  return record.simulated + ": the model itself was not run, and nothing could be found";
}

}  // namespace inflight
