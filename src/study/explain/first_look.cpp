#include "first_look.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>

#include "inflight/media/video_reader.hpp"
#include "inflight/pipeline/pipeline.hpp"

namespace inflight {
namespace {

constexpr std::int64_t looked_at = 32;

class Look final : public Sink {
 public:
  void deliver(FrameResult& result) override {
    ++frames_;
    nan_ += result.nan_outputs ? 1 : 0;
    if (!first_) first_ = {result.width, result.height};
    if (!other_ && (result.width != first_->width || result.height != first_->height))
      other_ = {result.width, result.height};
  }

  void tell(ExplainRecord& record) const {
    if (frames_ == 1) {
      record.reasons.push_back(
          "the clip has one frame only, which is not how different frames follow each other; take a longer one");
    }
    if (nan_ > 0) {
      record.reasons.push_back(fmt::format(
          "outputs hold NaN in {} of the first {} frames; what a model detects there means nothing", nan_, frames_));
    }
    if (other_) {
      record.notes.push_back(fmt::format("the frames change their size: {}x{}, and {}x{}; each was scaled from its own",
                                         first_->width, first_->height, other_->width, other_->height));
    }
  }

 private:
  std::int64_t frames_ = 0, nan_ = 0;
  std::optional<Size> first_, other_;
};

}  // namespace

void look_at_frames(ProgramRuns& runs, const ExplainedProgram& program, const std::stop_token& stop,
                    ExplainRecord& record) {
  if (stop.stop_requested()) return;
  const auto pipeline = make_sync_pipeline(runs.compiled(program.way.compile), runs.model(), program.threshold);
  VideoReader reader(program.input, {.start = program.start, .frames = looked_at});
  Look look;
  pipeline->run(reader, look, stop, {.digest_outputs = true});
  look.tell(record);
}

}  // namespace inflight
