#include "inflight/report/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "inflight/base/part_file.hpp"
#include "inflight/measure/timeline.hpp"
#include "timeline_lanes.hpp"

namespace inflight {
namespace {

using namespace report;

// The format: "Trace Event Format", Google, 2016
// (docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU).

/// Threads are told apart by numbers.
int thread_of(LaneId lane) {
  constexpr int kinds = 1'000'000;
  return static_cast<int>(lane.kind) * kinds + lane.number + 1;
}

/// Not UTF-8: U+FFFD.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class TraceWriter {
 public:
  explicit TraceWriter(const std::string& path) : file_(path) {
    add(R"({{"displayTimeUnit":"ms","otherData":{{"about":"inflight; streams are estimated from completions"}},)");
    add(R"("traceEvents":[)");
  }

  void add(const TimelineWay& way) {
    ++process_;
    begin_ = way.frames.empty() ? TimePoint{} : std::ranges::min(way.frames, {}, &FrameStamps::asked).asked;
    const std::string name = way.name + (way.note.empty() ? "" : " (" + way.note + ")");
    meta("process_name", 0, "name", quoted(name));
    meta("process_sort_index", 0, "sort_index", std::to_string(process_));
    std::set<LaneId> lanes;
    FrameBoxes boxes(way.frames, way.shape);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (const TimelineBox& box : boxes[i]) {
        if (lanes.insert(box.lane).second) introduce(box.lane, way.shape.callback_thread);
        slice(box);
      }
      flow(boxes[i]);
    }
  }

  void finish() {
    add("\n]}}\n");
    flush();
    file_.commit();
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(pending_), format, std::forward<Values>(values)...);
  }

  void flush() {
    file_.write(std::string_view(pending_.data(), pending_.size()));
    pending_.clear();
  }

  /// Between events.
  void next() {
    constexpr std::size_t enough = 1 << 16;
    if (pending_.size() > enough) flush();
    add("{}", std::exchange(first_, false) ? "\n" : ",\n");
  }

  double microseconds(TimePoint time) const { return 1000 * milliseconds_between(begin_, time); }

  void meta(std::string_view what, int thread, std::string_view key, const std::string& value) {
    next();
    add(R"({{"ph":"M","name":"{}","pid":{},"tid":{},"args":{{"{}":{}}}}})", what, process_, thread, key, value);
  }

  void introduce(LaneId lane, bool callback_thread) {
    meta("thread_name", thread_of(lane), "name", quoted(lane_name(lane, callback_thread)));
    meta("thread_sort_index", thread_of(lane), "sort_index", std::to_string(thread_of(lane)));
  }

  void slice(const TimelineBox& box) {
    next();
    add(R"({{"ph":"X","name":"{}","cat":"frame","pid":{},"tid":{},"ts":{:.3f},"dur":{:.3f},"args":{{"frame":{}{}}}}})",
        name_of(box.activity), process_, thread_of(box.lane), microseconds(box.begin),
        1000 * milliseconds_between(box.begin, box.end), box.frame, box.failed ? R"(,"failed":true)" : "");
  }

  /// Arrows from lane to lane: where the frame was decoded, handed over, executed, and what followed.
  void flow(std::span<const TimelineBox> boxes) {
    stops_.clear();
    for (const TimelineBox& box : boxes) {
      const bool stop = box.activity == Activity::decode || box.activity == Activity::fill ||
                        box.activity == Activity::wait_stream || box.activity == Activity::execute ||
                        box.activity == Activity::callback || box.activity == Activity::sink;
      if (stop) stops_.push_back(&box);
    }
    if (stops_.size() < 2) return;
    ++flows_;
    std::ranges::stable_sort(stops_, {}, &TimelineBox::begin);
    for (std::size_t i = 0; i < stops_.size(); ++i) {
      const TimelineBox& box = *stops_[i];
      const bool last = i + 1 == stops_.size();
      next();
      const char phase = i == 0 ? 's' : (last ? 'f' : 't');
      add(R"({{"ph":"{}","name":"frame","cat":"frame","id":{},"pid":{},"tid":{},"ts":{:.3f}{}}})", phase, flows_,
          process_, thread_of(box.lane), microseconds(box.begin), last ? R"(,"bp":"e")" : "");
    }
  }

  PartWriter file_;
  fmt::memory_buffer pending_;
  bool first_ = true;
  int process_ = 0;
  std::int64_t flows_ = 0;  // numbers: Perfetto refuses other names
  TimePoint begin_;
  std::vector<const TimelineBox*> stops_;
};

}  // namespace

void write_trace(const std::string& path, std::span<const TimelineWay> ways) {
  TraceWriter trace(path);
  for (const TimelineWay& way : ways) trace.add(way);
  trace.finish();
}

}  // namespace inflight
