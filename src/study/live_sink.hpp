// Where the results of a live demonstration go: counted, timed, and the newest kept for drawing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/base/latest.hpp"
#include "inflight/measure/histogram.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/sinks/sink.hpp"

namespace inflight {

/// A result that may be drawn.
struct Drawable {
  Frame frame;
  Detections detections;
};

/// Thread: `deliver` on the pipeline's delivering thread, never twice at a time; the rest on any.
class LiveSink final : public Sink {
 public:
  /// `naive`: each `deliver` waits until its picture is drawn.
  explicit LiveSink(bool naive) : naive_(naive) {}

  /// A new run, whose frames are numbered from 0 again. Until the next call, nothing waits once `stop` is requested.
  void begin_run(std::stop_token stop);
  void deliver(FrameResult& result) override;
  /// Keeps the frame of result `index` of this run, which will come without it; unless another one is still awaited.
  /// Thread: the one that reads.
  void keep(std::int64_t index, const Frame& frame);

  /// The newest result that was not taken yet. False when there is none.
  bool take(Drawable& drawable);
  /// Waits until that moment; for the naive loop, until it waits for its picture.
  void wait_to_draw(TimePoint next, const std::stop_token& stop);
  /// What was taken is drawn, or nobody looks: the naive loop goes on.
  void drawn();

  std::int64_t delivered() const noexcept { return delivered_; }
  std::int64_t failed() const noexcept { return failed_; }
  /// The latencies since the last call, frame decoded to result delivered.
  Histogram take_latencies();

 private:
  const bool naive_;
  std::stop_token stop_;
  std::int64_t newest_ = -1;  // number of the last frame that was kept
  Latest<Drawable> latest_;
  std::atomic<std::int64_t> delivered_ = 0;
  std::atomic<std::int64_t> failed_ = 0;

  std::mutex mutex_;  // guards what follows
  Histogram latencies_;
  std::int64_t kept_index_ = -1;  // of the result that is awaited; -1: none
  Frame kept_;
  std::condition_variable_any changed_;
  bool waits_ = false;  // the naive loop, for its picture
};

/// A source for runs whose results carry no frames because nobody looks. A few of them are kept even so: who comes
/// later, when nothing moves any more, is to see something.
class KeepingSource final : public FrameSource {
 public:
  KeepingSource(FrameSource& source, LiveSink& sink) : source_(source), sink_(sink) {}
  ReadOutcome read(Frame& frame) override;

 private:
  FrameSource& source_;
  LiveSink& sink_;
  std::int64_t index_ = 0;
  TimePoint next_;
};

}  // namespace inflight
