#include "live_sink.hpp"

namespace inflight {

void LiveSink::begin_run(std::stop_token stop) {
  stop_ = std::move(stop);
  newest_ = -1;
  const std::lock_guard lock(mutex_);
  kept_index_ = -1;
}

void LiveSink::keep(std::int64_t index, const Frame& frame) {
  const std::lock_guard lock(mutex_);
  if (kept_index_ >= 0) return;
  kept_index_ = index;
  kept_ = frame.share();
}

void LiveSink::deliver(FrameResult& result) {
  delivered_.fetch_add(1, std::memory_order_relaxed);
  if (result.error) failed_.fetch_add(1, std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    latencies_.record(result.stamps.delivered - result.stamps.decoded);
    if (result.index == kept_index_) {
      result.frame = std::move(kept_);
      kept_index_ = -1;
    }
  }
  if (result.frame.empty() || result.index < newest_) return;  // what completes late would jump back
  newest_ = result.index;
  Drawable drawable{std::move(result.frame), std::move(result.detections)};
  std::unique_lock lock(mutex_, std::defer_lock);
  if (naive_) lock.lock();  // before the picture can be taken: who has drawn it comes to `drawn` when this one waits
  latest_.put(std::move(drawable));
  // NOLINTNEXTLINE(bugprone-use-after-move): it holds what was there before, to be used again
  result.frame = std::move(drawable.frame);
  result.detections = std::move(drawable.detections);
  if (!naive_) return;
  waits_ = true;
  changed_.notify_all();
  changed_.wait(lock, stop_, [this] { return !waits_; });
}

bool LiveSink::take(Drawable& drawable) {
  auto newest = latest_.try_take();
  if (newest) drawable = std::move(*newest);
  return newest.has_value();
}

void LiveSink::wait_to_draw(TimePoint next, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, stop, next, [this] { return waits_; });
}

void LiveSink::drawn() {
  if (!naive_) return;
  {
    const std::lock_guard lock(mutex_);
    waits_ = false;
  }
  changed_.notify_all();
}

ReadOutcome KeepingSource::read(Frame& frame) {
  const ReadOutcome outcome = source_.read(frame);
  if (outcome != ReadOutcome::frame) return outcome;
  if (const TimePoint now = Clock::now(); now >= next_) {
    constexpr auto between = std::chrono::milliseconds(100);
    next_ = now + between;
    sink_.keep(index_, frame);
  }
  ++index_;
  return outcome;
}

Histogram LiveSink::take_latencies() {
  const std::lock_guard lock(mutex_);
  return std::exchange(latencies_, Histogram{});
}

}  // namespace inflight
