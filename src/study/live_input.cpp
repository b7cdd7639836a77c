#include "live_input.hpp"

#include <utility>

#include <fmt/format.h>

#include "inflight/base/error.hpp"

namespace inflight {

LiveInput::LiveInput(const LiveDemoOptions& options, std::stop_token stop)
    : input_(options.input),
      clip_options_{.start = options.start, .loop = true, .camera = options.camera, .stop = stop},
      frames_(options.frames),
      skip_(options.skip) {
  if (turns_out_live(input_, stop)) {
    if (options.start.count() > 0)
      throw UsageError(fmt::format("--start {:g}: {} is live, and has no beginning to count from; leave --start out",
                                   options.start.count(), input_name(input_)));
    live_ = std::make_unique<LiveSource>(input_, LiveSourceOptions{.camera = options.camera}, stop);
  } else {
    open_clip();
  }
}

void LiveInput::begin_run(std::stop_token stop) { run_stop_ = std::move(stop); }

ReadOutcome LiveInput::read(Frame& frame) {
  if (ended()) {
    frame.release();
    return ReadOutcome::end;
  }
  const ReadOutcome outcome = read_uncounted(frame);
  if (outcome == ReadOutcome::frame) ++given_;
  return outcome;
}

ReadOutcome LiveInput::read_uncounted(Frame& frame) {
  for (int skipped = 0;; ++skipped) {
    bool restart = false;
    {
      std::unique_lock lock(mutex_);
      if (paused_) frame.release();  // back to the decoder, which may be waiting for it
      if (!changed_.wait(lock, run_stop_, [this] { return !paused_; })) return ReadOutcome::stopped;
      restart = std::exchange(restart_, false);
    }
    // Without the lock: it may take seconds, and others ask whether it is paused.
    waits_since_ = Clock::now();
    const bool is_open = !restart || !clip_ || open_again();
    if (!is_open) return ReadOutcome::stopped;
    const ReadOutcome outcome = read_one(frame);
    waits_since_ = TimePoint::max();
    if (outcome == ReadOutcome::frame && skipped < skip_) continue;
    return outcome;
  }
}

void LiveInput::pause(bool paused) {
  {
    const std::lock_guard lock(mutex_);
    paused_ = paused;
  }
  changed_.notify_all();
}

bool LiveInput::paused() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

void LiveInput::restart() {
  const std::lock_guard lock(mutex_);
  restart_ = true;
}

VideoInfo LiveInput::info() const { return live_ ? live_->info() : clip_->info(); }

Seconds LiveInput::waited() const noexcept {
  const TimePoint since = waits_since_, now = Clock::now();
  return since < now ? now - since : Seconds(0);
}

void LiveInput::open_clip() { clip_.emplace(input_, clip_options_); }

// Returns false when all is to end before it is open.
bool LiveInput::open_again() {
  try {
    open_clip();
  } catch (const Error&) {
    if (!clip_options_.stop.stop_requested()) throw;
    return false;
  }
  return true;
}

ReadOutcome LiveInput::read_one(Frame& frame) {
  if (run_stop_.stop_requested()) return ReadOutcome::stopped;
  return live_ ? live_->read(frame, run_stop_) : clip_->read(frame);
}

}  // namespace inflight
