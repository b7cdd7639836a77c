// The speed of a live demonstration over the last second.
#pragma once

#include <cstdint>
#include <deque>

#include "inflight/base/clock.hpp"
#include "inflight/measure/histogram.hpp"
#include "inflight/sinks/live_figures.hpp"

namespace inflight {

/// Looks at counters a few times a second. Thread: one.
class LiveMeter {
 public:
  /// Another way runs: what was before does not count for it.
  void begin_run(std::size_t way);
  /// The counters now: frames delivered since the start, and the latencies since the last call.
  void look(TimePoint now, std::int64_t delivered, const Histogram& latencies);
  /// Fills in speed, ratios, cores and latency. A way's figure stays when another runs.
  void tell(LiveFigures& figures) const;

 private:
  struct Look {
    TimePoint at;
    std::int64_t delivered;
    Seconds cpu;
  };

  std::size_t way_ = 0;
  std::deque<Look> looks_;  // of the last second, in the run that runs now
  Histogram latencies_, latencies_before_;
  TimePoint latencies_since_;
};

}  // namespace inflight
