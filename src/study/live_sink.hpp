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

  /// The newest result that was not taken yet. False when there is none.
  bool take(Drawable& drawable);
  /// Waits until that moment; for the naive loop, until it waits for its picture.
  void wait_to_draw(TimePoint next, const std::stop_token& stop);
  /// What was taken is drawn: the naive loop goes on.
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
  std::condition_variable_any changed_;
  bool waits_ = false;  // the naive loop, for its picture
};

}  // namespace inflight
