// What activities look like: a height and a place in the lane, and how solid. Their colour is the frame's.
#pragma once

#include <array>
#include <cstddef>

#include "inflight/measure/timeline.hpp"

namespace inflight::report {

/// Parts of a lane's height, from its top.
struct Shape {
  double top = 0, bottom = 1;
  double opacity = 1;
  bool edge = false;
};

/// What works stands on the lane's floor before the device, and hangs from its ceiling after it. What waits is thin or
/// pale.
constexpr Shape shape_of(Activity activity) {
  switch (activity) {
    case Activity::read:
      return {.top = 0.7};
    case Activity::decode:
      return {};
    case Activity::fill:
      return {.top = 0.4};
    case Activity::callback:
      return {.bottom = 0.6};
    case Activity::draw:
      return {.opacity = 0.45, .edge = true};
    case Activity::encode:
      return {.bottom = 0.8, .opacity = 0.7};
    case Activity::sink:
      return {.bottom = 0.3};
    case Activity::wait_request:
    case Activity::wait_result:
      return {.top = 0.42, .bottom = 0.58, .opacity = 0.55};
    case Activity::wait_stream:
      return {.top = 0.2, .bottom = 0.8, .opacity = 0.22, .edge = true};
    case Activity::execute:
      return {};
    case Activity::unseen:
      return {.top = 0.42, .bottom = 0.58, .opacity = 0.55};
  }
  return {};
}

constexpr bool is_waiting(Activity activity) {
  return activity == Activity::wait_request || activity == Activity::wait_result || activity == Activity::wait_stream ||
         activity == Activity::unseen;
}

}  // namespace inflight::report
