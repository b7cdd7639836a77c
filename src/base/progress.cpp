#include "inflight/base/progress.hpp"

#include <algorithm>
#include <utility>

namespace inflight {

double Progress::Snapshot::rate() const {
  return elapsed.count() > 0 ? static_cast<double>(done) / elapsed.count() : 0;
}

double Progress::Snapshot::seconds_left() const {
  if (done == 0 || total <= done) return 0;
  return static_cast<double>(total - done) / rate();
}

void Progress::begin(std::string phase, std::int64_t total) {
  const std::lock_guard lock(mutex_);
  phase_ = std::move(phase);
  total_ = total;
  began_ = Clock::now();
  done_ = 0;
}

Progress::Snapshot Progress::snapshot() const {
  const std::lock_guard lock(mutex_);
  return {phase_, done_.load(), total_, Clock::now() - began_};
}

}  // namespace inflight
