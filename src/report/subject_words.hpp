// Model and clip in words.
#pragma once

#include <string>

#include "inflight/report/subject_record.hpp"

namespace inflight::report {

std::string model_sentence(const SubjectRecord& subject);
std::string clip_sentence(const SubjectRecord& subject);

}  // namespace inflight::report
