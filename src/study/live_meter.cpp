#include "live_meter.hpp"

#include <algorithm>
#include <utility>

#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

constexpr Seconds window{1};
constexpr Seconds least{0.3};  // shorter ones say nothing

/// Keeps the newest entries that reach back for `window`, and at least two.
template <class Entries>
void forget_old(Entries& entries, TimePoint now) {
  while (entries.size() > 2 && now - entries[1].at >= window) entries.pop_front();
}

}  // namespace

void LiveMeter::begin_run(std::size_t way) {
  way_ = way;
  delivered_.reset();
  steps_.clear();
  uses_.clear();
  latencies_ = latencies_before_ = {};
  latencies_since_ = {};
}

void LiveMeter::look(TimePoint now, std::int64_t delivered, const Histogram& latencies, bool standing) {
  now_ = now;
  standing_ = standing;
  const bool grew = delivered_ && delivered > *delivered_;
  if (standing || (grew && steps_.size() > 1 && is_quiet())) steps_.clear();
  if (grew && !standing) {
    steps_.push_back({now, delivered});
    forget_old(steps_, now);
  }
  delivered_ = delivered;
  uses_.push_back({now, process_cpu_time()});
  forget_old(uses_, now);
  if (now - latencies_since_ >= window) {
    latencies_before_ = std::exchange(latencies_, Histogram{});
    latencies_since_ = now;
  }
  latencies_.merge(latencies);
}

// From step to step: time in which nothing comes any more does not make a way slower.
std::optional<double> LiveMeter::speed() const {
  if (steps_.size() < 2) return std::nullopt;
  const Step &first = steps_.front(), &last = steps_.back();
  const Seconds span = last.at - first.at;
  if (span < least) return std::nullopt;
  return static_cast<double>(last.delivered - first.delivered) / span.count();
}

// Whether the way is not just slow: nothing comes, for longer than from one step to the next but one.
bool LiveMeter::is_quiet() const {
  if (steps_.empty()) return false;
  const auto intervals = static_cast<double>(steps_.size() - 1);
  const Seconds usual = intervals > 0 ? Seconds(steps_.back().at - steps_.front().at) / intervals : Seconds(0);
  return now_ - steps_.back().at > std::max(window, 2 * usual);
}

void LiveMeter::tell(LiveFigures& figures) const {
  LiveWay& way = figures.ways[way_];
  if (const std::optional<double> now = speed()) way.fps = *now;
  figures.fps = standing_ || is_quiet() ? 0 : way.fps;
  const Seconds span = uses_.empty() ? Seconds(0) : Seconds(uses_.back().at - uses_.front().at);
  if (span >= least) figures.cores_used = (uses_.back().cpu - uses_.front().cpu) / span;

  Histogram recent = latencies_before_;
  recent.merge(latencies_);
  figures.latency_p50 = Milliseconds(recent.percentile(0.50)).count();
  figures.latency_p99 = Milliseconds(recent.percentile(0.99)).count();

  double sync = 0;
  for (const LiveWay& each : figures.ways) {
    if (each.name == "sync") sync = each.fps;
  }
  for (LiveWay& each : figures.ways) each.ratio_to_sync = sync > 0 ? each.fps / sync : 0;
}

}  // namespace inflight
