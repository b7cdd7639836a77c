// How long FFmpeg may wait.
#pragma once

#include <atomic>
#include <stop_token>
#include <utility>

#include "ffmpeg_handles.hpp"
#include "inflight/base/clock.hpp"

namespace inflight {

/// Ends FFmpeg's waiting when stop is requested, or when nothing arrived for `silence`. FFmpeg's own timeouts count
/// from each of its calls, and some of them end as if something had arrived.
///
/// Stays where it is: FFmpeg holds its address. Thread: `begin`, `renew` and FFmpeg on one, the rest on any.
class Patience {
 public:
  /// `silence` 0: for ever.
  explicit Patience(std::stop_token stop, Seconds silence = Seconds(0)) : stop_(std::move(stop)), silence_(silence) {}
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  /// A new connection is tried.
  void begin() noexcept {
    lost_ = false;
    renew();
  }
  /// Something arrived.
  void renew() noexcept { last_ = Clock::now(); }

  bool stopped() const noexcept { return stop_.stop_requested(); }
  /// Whether nothing arrived for `silence`, and `more` on top.
  bool expired(Seconds more = Seconds(0)) const noexcept {
    return silence_.count() > 0 && Clock::now() - last_.load() > silence_ + more;
  }
  Seconds silence() const noexcept { return silence_; }

  /// Whether waiting is to end now.
  bool is_over() noexcept {
    if (expired()) lost_ = true;
    return lost_ || stopped();
  }
  /// Whether waiting was ended because of the silence; what FFmpeg then gave came too late.
  bool lost() const noexcept { return lost_; }
  /// Makes FFmpeg ask `is_over` while it waits.
  AVIOInterruptCB callback() noexcept {
    return {[](void* patience) { return static_cast<Patience*>(patience)->is_over() ? 1 : 0; }, this};
  }

 private:
  std::stop_token stop_;
  Seconds silence_;
  std::atomic<TimePoint> last_{Clock::now()};
  std::atomic<bool> lost_ = false;
};

}  // namespace inflight
