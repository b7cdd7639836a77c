#include "timeline_lanes.hpp"

namespace inflight::report {

std::string lane_name(LaneId lane, bool callback_thread) {
  switch (lane.kind) {
    case LaneKind::reader:
      return callback_thread ? "reading thread" : "the one thread";
    case LaneKind::callback:
      return lane.number == 0 ? "callback thread" : "callback thread " + std::to_string(lane.number + 1);
    case LaneKind::request:
      return "request " + std::to_string(lane.number + 1);
    case LaneKind::stream:
      return "stream " + std::to_string(lane.number + 1) + " (est.)";
  }
  return {};
}

}  // namespace inflight::report
