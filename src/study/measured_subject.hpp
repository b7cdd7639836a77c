// What a record says of the model and the clip that it is about.
#pragma once

#include <string>
#include <vector>

#include "inflight/media/video_reader.hpp"
#include "inflight/report/subject_record.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// A model and a clip as they were opened, and where.
struct MeasuredSubject {
  const ImageModel& model;
  const ImageModelOptions& model_options;
  double threshold;
  const VideoInfo& clip;
  const std::string& clip_path;
  Seconds start;
};

void describe(const MeasuredSubject& subject, SubjectRecord& record);

/// Where the system does not tell the load of the machine.
inline constexpr const char* quiet_is_not_proved =
    "the system does not tell what other processes used: that they were quiet is not proved";

/// That the model itself was not run; empty when it was.
std::string simulation_note(const SubjectRecord& record);

/// What was wrong with the clip, a sentence each.
std::vector<std::string> damage_notes(const ReadCounts& damage);

}  // namespace inflight
