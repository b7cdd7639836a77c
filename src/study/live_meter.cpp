#include "live_meter.hpp"

#include <utility>

#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

constexpr Seconds window{1};
constexpr Seconds least{0.3};  // shorter ones say nothing

}  // namespace

void LiveMeter::begin_run(std::size_t way) {
  way_ = way;
  looks_.clear();
  latencies_ = latencies_before_ = {};
  latencies_since_ = {};
}

void LiveMeter::look(TimePoint now, std::int64_t delivered, const Histogram& latencies) {
  looks_.push_back({now, delivered, process_cpu_time()});
  while (looks_.size() > 2 && now - looks_[1].at >= window) looks_.pop_front();
  if (now - latencies_since_ >= window) {
    latencies_before_ = std::exchange(latencies_, Histogram{});
    latencies_since_ = now;
  }
  latencies_.merge(latencies);
}

void LiveMeter::tell(LiveFigures& figures) const {
  const Seconds span = looks_.empty() ? Seconds(0) : Seconds(looks_.back().at - looks_.front().at);
  figures.fps = figures.ways[way_].fps;
  if (span >= least) {
    const Look &first = looks_.front(), &last = looks_.back();
    figures.fps = figures.ways[way_].fps = static_cast<double>(last.delivered - first.delivered) / span.count();
    figures.cores_used = (last.cpu - first.cpu) / span;
  }
  Histogram recent = latencies_before_;
  recent.merge(latencies_);
  figures.latency_p50 = Milliseconds(recent.percentile(0.50)).count();
  figures.latency_p99 = Milliseconds(recent.percentile(0.99)).count();

  double sync = 0;
  for (const LiveWay& way : figures.ways) {
    if (way.name == "sync") sync = way.fps;
  }
  for (LiveWay& way : figures.ways) way.ratio_to_sync = sync > 0 ? way.fps / sync : 0;
}

}  // namespace inflight
