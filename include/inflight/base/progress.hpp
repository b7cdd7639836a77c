// How far long work is, for whoever wants to show it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "inflight/base/clock.hpp"

namespace inflight {

/// Steps of one kind of work, counted by those who do it and looked at by another thread. Thread: any.
class Progress {
 public:
  /// How far it is at one moment.
  struct Snapshot {
    std::string phase;       ///< "round 3 of 7, queue"
    std::int64_t done = 0;   ///< steps
    std::int64_t total = 0;  ///< 0: not known
    Seconds elapsed{0};      ///< since the phase began

    /// Steps per second since the phase began; 0 while unknown.
    double rate() const;
    /// Seconds to go at that rate; 0 while unknown.
    double seconds_left() const;
  };

  /// Begins a phase at step 0 of `total`; 0: not known.
  void begin(std::string phase, std::int64_t total);
  /// So many more steps are done. Blocks: never.
  void add(std::int64_t steps = 1) noexcept { done_.fetch_add(steps, std::memory_order_relaxed); }
  /// How far it is now.
  Snapshot snapshot() const;

 private:
  std::atomic<std::int64_t> done_ = 0;
  mutable std::mutex mutex_;  // guards what follows
  std::string phase_;
  std::int64_t total_ = 0;
  TimePoint began_;
};

}  // namespace inflight
