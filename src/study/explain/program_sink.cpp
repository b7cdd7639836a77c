#include "program_sink.hpp"

#include <filesystem>
#include <utility>
#include <vector>

#include "inflight/sinks/drawing_sink.hpp"
#include "inflight/sinks/video_sink.hpp"

namespace inflight {
namespace {

std::unique_ptr<Sink> sink_of(const ExplainedProgram& program, Depth depth, const VideoInfo& clip) {
  if (depth < Depth::drawing) return nullptr;
  if (program.make_sink) return depth == Depth::whole ? program.make_sink() : nullptr;
  const bool writes = program.output == Output::video && depth == Depth::whole;
  if (program.output == Output::nothing) return nullptr;
  if (!writes)
    return std::make_unique<DrawingSink>(program.labels, "",
                                         program.output == Output::drawing ? program.render_width : 0);
  // Never finished, so that no file comes of it.
  const auto path = std::filesystem::temp_directory_path() / "inflight-explain.mp4";
  return std::make_unique<VideoSink>(path.string(), clip.frame_rate, program.labels, "");
}

/// A sink with work that comes on top of what it does.
class WorkingSink final : public Sink {
 public:
  WorkingSink(std::unique_ptr<Sink> sink, std::vector<AddedWork> added)
      : sink_(std::move(sink)), added_(std::move(added)) {}

  void deliver(FrameResult& result) override {
    if (sink_) sink_->deliver(result);
    add_work(added_, Stage::sink);
    add_work(added_, Stage::draw);
  }

 private:
  std::unique_ptr<Sink> sink_;
  std::vector<AddedWork> added_;
};

}  // namespace

ProgramSink::ProgramSink(const ExplainedProgram& program, Depth depth, const VideoInfo& clip)
    : sink_(sink_of(program, depth, clip)),
      wants_frames_(depth >= Depth::order && (program.make_sink || program.output != Output::nothing)) {
  if (!program.newest_only || depth != Depth::whole) return;
  sink_ = std::make_unique<WorkingSink>(std::move(sink_), program.added);
  newest_.emplace(*sink_);
}

void ProgramSink::deliver(FrameResult& result) {
  thread_.store(this_thread(), std::memory_order_relaxed);
  delivered_.fetch_add(1, std::memory_order_relaxed);
  if (newest_) {
    newest_->deliver(result);
  } else if (sink_) {
    sink_->deliver(result);
  }
}

}  // namespace inflight
