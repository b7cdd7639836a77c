// Waiting for what must come.
#pragma once

#include <chrono>
#include <thread>

#include "inflight/base/clock.hpp"

namespace inflight {

/// Looks again and again until `holds()`. Returns whether it did before a deadline that only a failure reaches.
template <typename Condition>
bool wait_until(Condition&& holds, Seconds deadline = Seconds(60)) {
  const TimePoint began = Clock::now();
  while (!holds()) {
    if (Clock::now() - began > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace inflight
