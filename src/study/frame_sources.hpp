// Sources around other sources: for a time only, at a pace, from memory.
#pragma once

#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/media/frame_source.hpp"

namespace inflight {

/// Ends when the time is up.
class TimedSource final : public FrameSource {
 public:
  TimedSource(FrameSource& source, Seconds limit)
      : source_(source), end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(limit)) {}

  ReadOutcome read(Frame& frame) override {
    if (Clock::now() < end_) return source_.read(frame);
    frame.release();
    return ReadOutcome::end;
  }

 private:
  FrameSource& source_;
  TimePoint end_;
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

}  // namespace inflight
