// One way to run, as pictures and traces of it are made.
#pragma once

#include <span>
#include <string>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/measure/device_estimate.hpp"

namespace inflight {

/// A way and the stamps of one run of it, as RunOptions::times got them.
struct TimelineWay {
  std::string name;                     ///< "sync"
  std::string note{};                   ///< what a reader must know of it: "SIMULATED accelerator, 6 ms"
  std::span<const FrameStamps> frames;  ///< must outlive the picture's making
  WayShape shape;
};

}  // namespace inflight
