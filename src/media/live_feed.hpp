// What the thread of a live source does, and what it leaves for others.
#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "address.hpp"
#include "inflight/base/latest.hpp"
#include "inflight/media/live_source.hpp"
#include "live_clock.hpp"
#include "patience.hpp"
#include "rate_meter.hpp"

namespace inflight {

/// Opens the source, decodes it into a mailbox, and opens it again after a loss. `run` is for one thread, which may be
/// left alone with the feed when it hangs in a call that nothing interrupts; the rest is for any.
class LiveFeed {
 public:
  LiveFeed(Address address, int threads, Seconds silence);

  /// Until `stop`, or until the very first try fails.
  void run();
  /// Ends `run` and every wait, now and later.
  void stop();

  /// Waits for the first frame. Throws: Error when there will be none, or `silence` is over, or on a stop.
  void wait_until_open();
  /// Waits until `run` has ended, at most for `limit`. Returns whether it has.
  bool wait_until_ended(Seconds limit);

  bool stopped() const noexcept { return stop_.stop_requested(); }
  Latest<Frame>& newest() noexcept { return newest_; }
  VideoInfo info() const;
  LiveSourceState state() const;

 private:
  void follow();
  bool wait_until(TimePoint due);
  void arrived(Frame& frame);
  void lost(std::string reason);

  const Address address_;
  const int threads_;
  std::stop_source stop_;
  Patience patience_;
  Latest<Frame> newest_;
  LiveClock clock_;  // of `run`, like the next one
  Frame frame_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  std::optional<VideoInfo> info_;  // known with the first frame
  std::exception_ptr failure_;     // there was no first frame
  LiveSourceState state_;
  RateMeter rate_;
  bool ended_ = false;
};

}  // namespace inflight
