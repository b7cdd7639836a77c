// What lanes are called, in pictures and traces.
#pragma once

#include <string>

#include "inflight/measure/timeline.hpp"

namespace inflight::report {

/// "request 1"; "stream 1 (est.)", since streams are estimated.
std::string lane_name(LaneId lane, bool callback_thread);

}  // namespace inflight::report
