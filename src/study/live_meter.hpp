// The speed of a live demonstration over the last second.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "inflight/base/clock.hpp"
#include "inflight/measure/histogram.hpp"
#include "inflight/sinks/live_figures.hpp"

namespace inflight {

/// Looks at counters a few times a second. Thread: one.
class LiveMeter {
 public:
  /// Another way runs: what was before does not count for it.
  void begin_run(std::size_t way);
  /// The counters now: frames delivered since the start, and the latencies since the last call. `standing`: nothing is
  /// to be delivered, because of a pause or a lost source.
  void look(TimePoint now, std::int64_t delivered, const Histogram& latencies, bool standing = false);
  /// Fills in speed, ratios, cores and latency. A way's figure stays when another runs, and when nothing moves.
  void tell(LiveFigures& figures) const;

 private:
  /// One that found more delivered than the one before.
  struct Step {
    TimePoint at;
    std::int64_t delivered;
  };
  struct Use {
    TimePoint at;
    Seconds cpu;
  };

  std::optional<double> speed() const;
  bool is_quiet() const;

  std::size_t way_ = 0;
  bool standing_ = false;
  TimePoint now_;
  std::optional<std::int64_t> delivered_;  // at the last look; nothing: there was none yet
  std::deque<Step> steps_;                 // of the last second, in the run that runs now, without a standstill
  std::deque<Use> uses_;                   // of the last second, in the run that runs now
  Histogram latencies_, latencies_before_;
  TimePoint latencies_since_;
};

}  // namespace inflight
