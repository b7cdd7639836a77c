// The source of a live demonstration, with the viewers' hands on it: paused, restarted, thinned out.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "inflight/media/live_source.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/study/live_demo.hpp"

namespace inflight {

/// A live source as it comes, or a clip that begins again at its end. Thread: one reads, and says when a run begins;
/// the rest on any.
class LiveInput final : public FrameSource {
 public:
  /// `stop` ends all waiting for the source, now and later. Throws: as LiveSource and VideoReader.
  LiveInput(const LiveDemoOptions& options, std::stop_token stop);

  /// Until the next call, `read` answers `stopped` as soon as `stop` is requested.
  void begin_run(std::stop_token stop);
  ReadOutcome read(Frame& frame) override;
  /// As `read`, but the frame is none of those that were asked for.
  ReadOutcome read_uncounted(Frame& frame);

  /// While paused, `read` waits.
  void pause(bool paused);
  bool paused() const;
  /// The clip begins again with the next `read`; a live source goes on.
  void restart();

  /// For how long a clip has been waited for: a server or a disk that gives nothing. 0 while nobody waits.
  Seconds waited() const noexcept;
  /// Whether all frames that were asked for are given.
  bool ended() const noexcept { return frames_ > 0 && given_ >= frames_; }
  bool live() const noexcept { return live_ != nullptr; }
  VideoInfo info() const;
  /// Of a live source.
  LiveSourceState state() const { return live_->state(); }

 private:
  void open_clip();
  bool open_again();
  ReadOutcome read_one(Frame& frame);

  std::string input_;
  VideoReaderOptions clip_options_;
  std::int64_t frames_;  // 0: without end
  std::int64_t given_ = 0;
  int skip_;
  std::unique_ptr<LiveSource> live_;
  std::optional<VideoReader> clip_;
  std::stop_token run_stop_;
  std::atomic<TimePoint> waits_since_{TimePoint::max()};  // for a clip

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  bool paused_ = false;
  bool restart_ = false;
};

}  // namespace inflight
