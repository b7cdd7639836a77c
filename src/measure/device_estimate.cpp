#include "inflight/measure/device_estimate.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace inflight {
namespace {

/// From one callback to the next that was ready, and what a wait for a request that is done takes: no more than this.
constexpr auto at_once = std::chrono::microseconds(30);

constexpr bool is_stamped(TimePoint time) { return time != TimePoint{}; }

/// The places of frames that were in the device, first handed over first.
std::vector<std::size_t> in_order_of_submission(std::span<const FrameStamps> frames) {
  std::vector<std::size_t> order;
  order.reserve(frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (is_stamped(frames[i].submitted)) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return frames[i].submitted; });
  return order;
}

/// The stamps of all frames, sorted.
std::vector<TimePoint> sorted_stamps(std::span<const FrameStamps> frames, TimePoint FrameStamps::*stamp) {
  std::vector<TimePoint> times;
  times.reserve(frames.size());
  for (const FrameStamps& frame : frames) times.push_back(frame.*stamp);
  std::ranges::sort(times);
  return times;
}

/// The last of sorted times that is before `end`, or at it; the first moment there is when none is.
TimePoint last_until(const std::vector<TimePoint>& times, TimePoint end) {
  const auto after = std::ranges::upper_bound(times, end);
  return after == times.begin() ? TimePoint{} : *std::prev(after);
}

/// Where a share of the values lies below; 0 without values.
Clock::duration quantile(std::vector<Clock::duration>& values, double share) {
  if (values.empty()) return {};
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

class Estimate {
 public:
  Estimate(std::span<const FrameStamps> frames, const WayShape& shape)
      : frames_(frames), streams_(std::max(shape.streams, 1)), order_(in_order_of_submission(frames)) {
    times_.resize(frames.size());
    look(shape.callback_thread);
    // At first everything ends when it is seen. What ended before frees its stream earlier, so that the frames whose
    // end was seen began earlier, and took longer: a few turns settle it.
    Clock::duration usual = Clock::duration::max();
    for (int turn = 0; turn < 4; ++turn) {
      execute(usual);
      usual = usual_duration();
    }
    execute(usual);
  }

  std::vector<DeviceTimes> take() && { return std::move(times_); }

 private:
  /// Since when the thread that sees a completion was waiting for it.
  void look(bool callback_thread) {
    const std::vector<TimePoint> finished = sorted_stamps(frames_, &FrameStamps::finished);
    // On a thread of its own, a result that has to wait for its order is looked at, and left.
    const std::vector<TimePoint> others =
        sorted_stamps(frames_, callback_thread ? &FrameStamps::completed : &FrameStamps::submitted);
    for (const std::size_t i : order_) {
      const FrameStamps& frame = frames_[i];
      DeviceTimes& times = times_[i];
      times.known = true;
      times.left = is_stamped(frame.completed) ? frame.completed : std::max(frame.delivered, frame.submitted);
      const TimePoint other = last_until(others, callback_thread ? times.left - Clock::duration(1) : times.left);
      times.looked = std::max({frame.submitted, last_until(finished, times.left), other});
      times.end_seen = times.left - times.looked > at_once;
    }
  }

  void execute(Clock::duration usual) {
    using Free = std::pair<TimePoint, int>;  // since when, which stream
    std::priority_queue<Free, std::vector<Free>, std::greater<>> free;
    for (int stream = 0; stream < streams_; ++stream) free.emplace(TimePoint{}, stream);
    for (const std::size_t i : order_) {
      DeviceTimes& times = times_[i];
      const auto [since, stream] = free.top();
      free.pop();
      times.stream = stream;
      times.begin = std::clamp(since, frames_[i].submitted, std::max(frames_[i].submitted, times.left));
      times.end = times.end_seen || times.left - times.begin < usual ? times.left : times.begin + usual;
      free.emplace(times.end, stream);
    }
  }

  /// Of those whose end was seen; without any, a quick one of the others.
  Clock::duration usual_duration() const {
    std::vector<Clock::duration> seen, others;
    for (const std::size_t i : order_) {
      if (frames_[i].failed) continue;
      (times_[i].end_seen ? seen : others).push_back(times_[i].left - times_[i].begin);
    }
    return seen.empty() ? quantile(others, 0.1) : quantile(seen, 0.5);
  }

  std::span<const FrameStamps> frames_;
  int streams_;
  std::vector<std::size_t> order_;
  std::vector<DeviceTimes> times_;
};

}  // namespace

std::vector<DeviceTimes> estimate_device_times(std::span<const FrameStamps> frames, const WayShape& shape) {
  return Estimate(frames, shape).take();
}

DeviceSplit split_device_time(std::span<const FrameStamps> frames, const WayShape& shape) {
  const std::vector<DeviceTimes> device = estimate_device_times(frames, shape);
  DeviceSplit split;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!device[i].known || frames[i].failed) continue;
    split.waiting += device[i].begin - frames[i].submitted;
    split.executing += device[i].end - device[i].begin;
    split.unseen += device[i].left - device[i].end;
    ++split.frames;
  }
  if (split.frames == 0) return split;
  for (Milliseconds* part : {&split.waiting, &split.executing, &split.unseen}) {
    *part /= static_cast<double>(split.frames);
  }
  return split;
}

}  // namespace inflight
