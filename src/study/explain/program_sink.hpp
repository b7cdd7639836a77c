// What the explained program does with its results.
#pragma once

#include <memory>
#include <optional>

#include "inflight/media/video_reader.hpp"
#include "inflight/study/explained_program.hpp"
#include "newest_only_sink.hpp"
#include "program_runs.hpp"

namespace inflight {

/// The sink of one run, up to its depth. It also notes which thread delivers.
class ProgramSink final : public Sink {
 public:
  ProgramSink(const ExplainedProgram& program, Depth depth, const VideoInfo& clip);

  void deliver(FrameResult& result) override;

  /// Whether it draws, or wants to.
  bool wants_frames() const noexcept { return wants_frames_; }
  /// The thread that delivered last; 0 before the first.
  int delivering_thread() const noexcept { return thread_.load(); }
  /// Results that the program's own sink got.
  std::int64_t given() const noexcept { return newest_ ? newest_->given() : delivered_.load(); }

 private:
  std::unique_ptr<Sink> sink_;  // null: results are only counted
  std::optional<NewestOnlySink> newest_;
  bool wants_frames_ = false;
  std::atomic<int> thread_ = 0;
  std::atomic<std::int64_t> delivered_ = 0;
};

}  // namespace inflight
