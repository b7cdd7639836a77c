// How long a thread is on a processor meanwhile.
#pragma once

#include <chrono>

#include "inflight/base/clock.hpp"
#include "inflight/measure/process_meter.hpp"

namespace inflight {

/// Adds to a sum how long the calling thread is on a processor from construction to destruction, both on that thread.
class CoreTimer {
 public:
  /// `wanted` false: it does nothing, and costs nothing. `sum` must outlive it.
  CoreTimer(bool wanted, Clock::duration& sum) : sum_(wanted ? &sum : nullptr) {
    if (wanted) began_ = thread_cpu_time();
  }
  CoreTimer(const CoreTimer&) = delete;
  CoreTimer& operator=(const CoreTimer&) = delete;
  ~CoreTimer() {
    if (sum_ != nullptr) *sum_ += std::chrono::duration_cast<Clock::duration>(thread_cpu_time() - began_);
  }

 private:
  Clock::duration* sum_;
  Seconds began_{0};
};

}  // namespace inflight
