#include "subject_words.hpp"

#include <fmt/format.h>

#include "machine_words.hpp"

namespace inflight::report {
namespace {

std::string size(int width, int height) {
  return width > 0 && height > 0 ? fmt::format("{}x{}", width, height) : std::string();
}

}  // namespace

std::string model_sentence(const SubjectRecord& subject) {
  const auto threshold = subject.threshold > 0 ? fmt::format("threshold {:.4g}", subject.threshold) : "";
  return joined({subject.model, subject.model_path == subject.model ? "" : subject.model_path,
                 subject.model_type == subject.model ? "" : subject.model_type,
                 prefixed("input", size(subject.input_width, subject.input_height)), subject.preprocess, threshold});
}

std::string clip_sentence(const SubjectRecord& subject) {
  const auto rate = subject.clip_frame_rate > 0 ? fmt::format("{:.4g} frames/s", subject.clip_frame_rate) : "";
  return joined({subject.clip_path, size(subject.clip_width, subject.clip_height), subject.clip_codec,
                 subject.clip_pixel_format, rate});
}

}  // namespace inflight::report
