// The three ways on one model, and sinks that look.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "inflight/base/error.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/vision/image_model.hpp"
#include "tiny_models.hpp"

namespace inflight {

inline std::string asset(const std::string& name) { return std::string(INFLIGHT_ASSETS) + "/" + name; }

/// A model made in code, taken as "raw".
inline ImageModel image_model(std::shared_ptr<ov::Model> model) {
  const ImageInput input = image_input_of(*model);
  accept_u8_image(model, input, {});
  const auto outputs = outputs_of(*model);
  return {model,
          make_adapter("raw", outputs),
          {.width = static_cast<int>(input.width), .height = static_cast<int>(input.height)},
          "tiny"};
}

inline std::unique_ptr<Pipeline> make_way(const std::string& way, const ov::CompiledModel& compiled,
                                          const ImageModel& model) {
  constexpr float threshold = 0.6F;
  if (way == "sync") return make_sync_pipeline(compiled, model, threshold);
  if (way == "two-requests") return make_two_request_pipeline(compiled, model, threshold);
  return make_queue_pipeline(compiled, model, threshold);
}

/// Calls a function for every result.
class FunctionSink final : public Sink {
 public:
  explicit FunctionSink(std::function<void(FrameResult&)> function) : function_(std::move(function)) {}
  void deliver(FrameResult& result) override { function_(result); }

 private:
  std::function<void(FrameResult&)> function_;
};

/// A source that changes, loses or throws what another one reads.
class FunctionSource final : public FrameSource {
 public:
  FunctionSource(FrameSource& source, std::function<void(Frame&, int)> after_read)
      : source_(source), after_read_(std::move(after_read)) {}
  ReadOutcome read(Frame& frame) override {
    const ReadOutcome outcome = source_.read(frame);
    if (outcome == ReadOutcome::frame) after_read_(frame, index_++);
    return outcome;
  }

 private:
  FrameSource& source_;
  std::function<void(Frame&, int)> after_read_;
  int index_ = 0;
};

}  // namespace inflight
