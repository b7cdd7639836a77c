#include "live_control.hpp"

#include <algorithm>
#include <utility>

namespace inflight {
namespace {

constexpr std::size_t most_requests = 1024;  // as on the command line

}  // namespace

LiveControl::LiveControl(const std::vector<WayOptions>& ways, const std::string& first, Seconds cycle,
                         std::stop_token stop)
    : stop_(std::move(stop)), cycle_(cycle), on_stop_(stop_, [this] {
        const std::lock_guard lock(mutex_);
        run_.request_stop();
      }) {
  const std::lock_guard lock(mutex_);
  for (const WayOptions& way : ways) {
    if (way.name == first) way_ = ways_.size();
    ways_.push_back({way.name, way.compile.hint, way.requests});
  }
  know_requests();
  way_began_ = Clock::now();
}

LiveRun LiveControl::begin_run() {
  const std::lock_guard lock(mutex_);
  run_ = std::stop_source();
  if (stop_.stop_requested()) run_.request_stop();  // it came between two runs
  const Wanted& wanted = ways_[way_];
  return {++runs_, way_, wanted.hint, wanted.requests, watched_, run_.get_token()};
}

void LiveControl::has_requests(const LiveRun& run, std::size_t requests) {
  const std::lock_guard lock(mutex_);
  const bool is_wanted = run.way == way_ && run.hint == ways_[way_].hint;  // else somebody has chosen since
  if (!is_wanted || requests_) return;
  requests_ = requests;
  if (steps_ != 0) set_requests(requests, std::exchange(steps_, 0));
}

void LiveControl::command(LiveCommand command) {
  const std::lock_guard lock(mutex_);
  switch (command) {
    case LiveCommand::sync:
      return choose("sync");
    case LiveCommand::two_requests:
      return choose("two-requests");
    case LiveCommand::queue:
      return choose("queue");
    case LiveCommand::more_requests:
      return change_requests(1);
    case LiveCommand::fewer_requests:
      return change_requests(-1);
    case LiveCommand::hint:
      return change_hint();
    case LiveCommand::pause:
    case LiveCommand::restart:
    case LiveCommand::quit:
      return;
  }
}

void LiveControl::watch(bool watched) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(watched_, watched) != watched) end_run();
}

void LiveControl::tick(TimePoint now, bool standing) {
  const std::lock_guard lock(mutex_);
  if (standing) way_began_ = now;
  if (cycle_.count() <= 0 || now - way_began_ < cycle_) return;
  way_ = next_way();
  way_began_ = now;
  know_requests();
  end_run();
}

void LiveControl::choose(const char* way) {
  const auto found = std::find_if(ways_.begin(), ways_.end(), [&](const Wanted& each) { return each.name == way; });
  if (found == ways_.end()) return;
  cycle_ = Seconds(0);
  const auto index = static_cast<std::size_t>(found - ways_.begin());
  if (index == way_) return;
  way_ = index;
  know_requests();
  end_run();
}

// Only the queue has a number of requests to choose.
void LiveControl::change_requests(int by) {
  if (ways_[way_].name != "queue") return;
  cycle_ = Seconds(0);
  if (requests_) {
    set_requests(*requests_, by);
  } else {
    steps_ += by;
  }
}

void LiveControl::set_requests(std::size_t from, int by) {
  const auto wanted = static_cast<long>(from) + by;
  const auto most = static_cast<long>(std::max(from, most_requests));
  requests_ = static_cast<std::size_t>(std::clamp(wanted, 1L, most));
  if (*requests_ == from) return;
  ways_[way_].requests = *requests_;
  end_run();
}

// How many the way has by default is known when its pipeline stands.
void LiveControl::know_requests() {
  const std::size_t wanted = ways_[way_].requests;
  requests_ = wanted > 0 ? std::optional(wanted) : std::nullopt;
  steps_ = 0;
}

void LiveControl::change_hint() {
  cycle_ = Seconds(0);
  Wanted& wanted = ways_[way_];
  wanted.hint = wanted.hint == Hint::throughput ? Hint::latency : Hint::throughput;
  know_requests();
  end_run();
}

void LiveControl::end_run() { run_.request_stop(); }

// The last one comes after the first, so that the greatest step is seen first.
std::size_t LiveControl::next_way() const noexcept {
  const std::size_t last = ways_.size() - 1;
  if (way_ == 0) return last;
  return way_ == last ? std::min<std::size_t>(1, last) % last : (way_ + 1) % last;
}

}  // namespace inflight
