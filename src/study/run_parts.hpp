// Sources and sinks of runs that are about speed alone.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/sinks/sink.hpp"

namespace inflight {

/// The same frame again and again.
class StillSource final : public FrameSource {
 public:
  explicit StillSource(const Frame& frame) : frame_(frame) {}
  ReadOutcome read(Frame& frame) override {
    frame = frame_.share();
    return ReadOutcome::frame;
  }

 private:
  const Frame& frame_;
};

/// How long a run goes on: for a time, or for so many frames where there is a number.
struct RunLength {
  Seconds time{0};
  std::int64_t frames = 0;

  RunLength half() const { return {time * 0.5, (frames + 1) / 2}; }
};

/// Ends a run.
class LimitedSource final : public FrameSource {
 public:
  LimitedSource(FrameSource& source, RunLength length)
      : source_(source), frames_(length.frames), end_(Clock::now() + length.time) {}

  ReadOutcome read(Frame& frame) override {
    if (frames_ > 0 ? given_++ < frames_ : Clock::now() < end_) return source_.read(frame);
    frame.release();
    return ReadOutcome::end;
  }

 private:
  FrameSource& source_;
  std::int64_t frames_, given_ = 0;
  std::chrono::time_point<Clock, Seconds> end_;
};

/// Gives no more frames per second than a camera would. A reader that comes late gets its frame at once.
class PacedSource final : public FrameSource {
 public:
  PacedSource(FrameSource& source, double rate)
      : source_(source), interval_(std::chrono::duration_cast<Clock::duration>(Seconds(1 / rate))) {}

  ReadOutcome read(Frame& frame) override {
    const TimePoint now = Clock::now();
    if (next_ > now) {
      std::this_thread::sleep_until(next_);
      next_ += interval_;
    } else {
      next_ = now + interval_;
    }
    return source_.read(frame);
  }

 private:
  FrameSource& source_;
  Clock::duration interval_;
  TimePoint next_{};
};

/// The same decoded frames again and again.
class MemorySource final : public FrameSource {
 public:
  explicit MemorySource(const std::vector<Frame>& frames) : frames_(frames) {}

  ReadOutcome read(Frame& frame) override {
    frame = frames_[next_].share();
    next_ = (next_ + 1) % frames_.size();
    return ReadOutcome::frame;
  }

 private:
  const std::vector<Frame>& frames_;
  std::size_t next_ = 0;
};

/// Takes results and leaves them.
class NullSink final : public Sink {
 public:
  void deliver(FrameResult&) override {}
};

/// Counts what it hands on; without a next sink, that is all.
class CountingSink final : public Sink {
 public:
  explicit CountingSink(Progress& progress, Sink* next = nullptr) : progress_(progress), next_(next) {}
  void deliver(FrameResult& result) override {
    if (next_ != nullptr) next_->deliver(result);
    progress_.add();
  }

 private:
  Progress& progress_;
  Sink* next_;
};

}  // namespace inflight
