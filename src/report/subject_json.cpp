#include "json_values.hpp"

namespace inflight::report {

Json model_json(const SubjectRecord& subject, const MachineRecord& machine) {
  return {{"name", told(subject.model)},
          {"path", told(subject.model_path)},
          {"sha256", told(machine.model_sha256)},
          {"type", told(subject.model_type)},
          {"input_width", positive(subject.input_width)},
          {"input_height", positive(subject.input_height)},
          {"preprocess", told(subject.preprocess)},
          {"threshold", subject.threshold},
          {"simulated", told(subject.simulated)}};
}

Json clip_json(const SubjectRecord& subject, const MachineRecord& machine) {
  return {{"path", told(subject.clip_path)},
          {"sha256", told(machine.clip_sha256)},
          {"codec", told(subject.clip_codec)},
          {"pixel_format", told(subject.clip_pixel_format)},
          {"width", positive(subject.clip_width)},
          {"height", positive(subject.clip_height)},
          {"frame_rate", measured(subject.clip_frame_rate)},
          {"start_s", subject.clip_start}};
}

}  // namespace inflight::report
