#include "ceiling.hpp"

#include <algorithm>
#include <atomic>

#include "inflight/base/clock.hpp"

namespace inflight {

void Ceiling::prepare(const PreparedInputs& inputs) {
  inference_ = std::make_unique<PreparedInference>(options_.name, compiled_, options_.requests, inputs);
}

bool Ceiling::measure(std::int64_t inferences, Progress& progress, const std::stop_token& stop) {
  std::atomic<std::int64_t> to_start = inferences;
  const TimePoint began = Clock::now();
  inference_->run([&] {
    if (stop.stop_requested() || to_start.fetch_sub(1) <= 0) return false;
    progress.add();
    return true;
  });
  const Seconds took = Clock::now() - began;
  if (stop.stop_requested()) return false;
  fps_ = static_cast<double>(inferences) / std::max(took, Seconds(1e-9)).count();
  return true;
}

CeilingRecord Ceiling::record() const {
  CeilingRecord record{.requests = inference_ ? inference_->requests() : 0, .round_fps = round_fps_, .fps = {}};
  if (!round_fps_.empty()) record.fps = median_interval(round_fps_);
  return record;
}

}  // namespace inflight
