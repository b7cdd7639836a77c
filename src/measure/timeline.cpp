#include "inflight/measure/timeline.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>
#include <type_traits>

namespace inflight {
namespace {

constexpr std::array<const char*, activity_count> names{
    "reads",   "decodes", "waits for a request", "preprocesses", "waits for the result", "postprocesses", "draws",
    "encodes", "sink",    "waits for a stream",  "executes",     "done, not yet seen"};

/// Numbers, in the order of their first use, of what `serves` the frame at a place: its request, a thread. 0 where that
/// is nothing.
template <class Serves>
std::vector<int> number_by_use(std::span<const FrameStamps> frames, const Serves& serves) {
  using Server = std::invoke_result_t<Serves, std::size_t>;
  std::vector<std::size_t> order(frames.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return frames[i].index; });
  std::map<Server, int> numbers;
  std::vector<int> result(frames.size());
  for (const std::size_t i : order) {
    const Server server = serves(i);
    if (server != Server{}) result[i] = numbers.try_emplace(server, static_cast<int>(numbers.size())).first->second;
  }
  return result;
}

}  // namespace

const char* name_of(Activity activity) noexcept { return names[static_cast<std::size_t>(activity)]; }

FrameBoxes::FrameBoxes(std::span<const FrameStamps> frames, const WayShape& shape)
    : frames_(frames),
      callback_thread_(shape.callback_thread),
      device_(estimate_device_times(frames, shape)),
      requests_(number_by_use(frames, [&](std::size_t i) { return frames[i].request; })),
      deliverers_(number_by_use(
          frames, [&](std::size_t i) { return device_[i].known ? frames[i].deliverer : std::thread::id(); })) {}

std::span<const TimelineBox> FrameBoxes::operator[](std::size_t place) {
  frame_ = &frames_[place];
  count_ = 0;
  const DeviceTimes& device = device_[place];
  // What failed before it came to the device is delivered by the thread that read it.
  const LaneId callback{LaneKind::callback, deliverers_[place]};
  add_thread_boxes(device, callback_thread_ && device.known ? callback : LaneId{LaneKind::reader, 0});
  if (device.known) add_device_boxes(device, requests_[place]);
  return {boxes_.data(), count_};
}

void FrameBoxes::add(LaneId lane, Activity activity, TimePoint begin, TimePoint end) {
  constexpr auto from_stamp_to_stamp = std::chrono::microseconds(1);  // with nothing between them
  if (begin == TimePoint{} || end < begin + from_stamp_to_stamp) return;
  boxes_[count_++] = {lane, activity, begin, end, frame_->index, frame_->failed};
}

void FrameBoxes::add_thread_boxes(const DeviceTimes& device, LaneId deliverer) {
  const FrameStamps& frame = *frame_;
  const LaneId reader{LaneKind::reader, 0};
  const TimePoint read = frame.asked + std::min(frame.demuxing, frame.decoded - frame.asked);
  add(reader, Activity::read, frame.asked, read);
  add(reader, Activity::decode, read, frame.decoded);
  add(reader, Activity::wait_request, frame.decoded, frame.acquired);
  add(reader, Activity::fill, frame.acquired, device.known ? frame.submitted : frame.delivered);
  if (deliverer == reader) add(reader, Activity::wait_result, device.looked, device.left);
  add(deliverer, Activity::callback, frame.taken, frame.delivered);
  const TimePoint drawn = std::min(frame.delivered + frame.drawing, frame.finished);
  const TimePoint encoded = std::min(drawn + frame.encoding, frame.finished);
  add(deliverer, Activity::draw, frame.delivered, drawn);
  add(deliverer, Activity::encode, drawn, encoded);
  add(deliverer, Activity::sink, encoded, frame.finished);
}

void FrameBoxes::add_device_boxes(const DeviceTimes& device, int request) {
  const LaneId lane{LaneKind::request, request};
  add(lane, Activity::wait_stream, frame_->submitted, device.begin);
  add(lane, Activity::execute, device.begin, device.end);
  add(lane, Activity::unseen, device.end, device.left);
  add({LaneKind::stream, device.stream}, Activity::execute, device.begin, device.end);
}

std::vector<TimelineLane> make_timeline(std::span<const FrameStamps> frames, const WayShape& shape, TimePoint from,
                                        TimePoint to) {
  std::map<LaneId, std::vector<TimelineBox>> lanes;
  lanes[{LaneKind::reader, 0}];
  if (shape.callback_thread) lanes[{LaneKind::callback, 0}];
  for (int stream = 0; stream < shape.streams; ++stream) lanes[{LaneKind::stream, stream}];
  FrameBoxes boxes(frames, shape);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (const TimelineBox& box : boxes[i]) {
      auto& lane = lanes[box.lane];
      if (box.begin < to && box.end > from) lane.push_back(box);
    }
  }
  std::vector<TimelineLane> result;
  for (auto& [id, content] : lanes) {
    std::ranges::stable_sort(content, {}, &TimelineBox::begin);
    result.push_back({id, std::move(content)});
  }
  return result;
}

TimeSpan typical_span(std::span<const FrameStamps> frames, Milliseconds length) {
  if (frames.empty()) return {};
  std::vector<TimePoint> asked, delivered;
  TimePoint end = frames.front().finished;
  for (const FrameStamps& frame : frames) {
    asked.push_back(frame.asked);
    delivered.push_back(frame.delivered);
    end = std::max(end, frame.finished);
  }
  std::ranges::sort(asked);
  std::ranges::sort(delivered);
  const auto step = std::chrono::duration_cast<Clock::duration>(length);
  const TimePoint begin = asked.front();
  const auto delivered_until = [&](TimePoint time) {
    return std::ranges::lower_bound(delivered, time) - delivered.begin();
  };
  const auto span_from = [&](TimePoint from) {
    return TimeSpan{from, from + step, delivered_until(from + step) - delivered_until(from)};
  };
  if (end - begin <= step) return {begin, end, static_cast<std::int64_t>(frames.size())};

  const double average = static_cast<double>(frames.size()) * Milliseconds(step) / Milliseconds(end - begin);
  const TimePoint middle = begin + (end - begin - step) / 2;
  TimeSpan best = span_from(middle);
  const auto badness = [&](const TimeSpan& span) { return std::abs(static_cast<double>(span.delivered) - average); };
  // A span begins where a frame does. Those near the middle come first, and only a better one replaces one before it.
  const auto at = std::ranges::lower_bound(asked, middle) - asked.begin();
  const auto reach = static_cast<std::ptrdiff_t>(asked.size() / 4);
  bool first = true;
  for (std::ptrdiff_t away = 0; away <= reach; ++away) {
    for (const std::ptrdiff_t place : {at + away, at - away}) {
      if (place < 0 || place >= std::ssize(asked)) continue;
      const TimePoint from = asked[static_cast<std::size_t>(place)];
      if (from + step > end) continue;
      const TimeSpan span = span_from(from);
      if (first || badness(span) < badness(best)) best = span;
      first = false;
    }
  }
  return best;
}

}  // namespace inflight
