// When a frame passed which point of its way.
#pragma once

#include <cstdint>
#include <thread>

#include "inflight/base/clock.hpp"

namespace inflight {

/// All from one clock, in the order of the way; a stage lies between two of them.
struct FrameStamps {
  TimePoint asked;             ///< the source was asked for it
  Clock::duration demuxing{};  ///< of the time until `decoded`: reading packets, or waiting for them
  TimePoint decoded;           ///< the source returned it
  TimePoint acquired;          ///< a request is there for it; since `decoded`: the wait for one
  TimePoint submitted;         ///< preprocessed into the request's input, about to be handed to OpenVINO
  TimePoint completed;         ///< inference is over, as the thread that postprocesses saw it
  TimePoint taken;             ///< postprocessing begins; since `completed`: the wait for its turn
  TimePoint delivered;         ///< postprocessed, about to be given to the sink
  Clock::duration drawing{};   ///< of the time until `finished`: drawing, where the sink says so
  Clock::duration encoding{};  ///< of the time until `finished`: encoding, likewise
  TimePoint finished;          ///< the sink is done with it

  /// How long its threads were on a processor. Known of some frames only: asking takes longer than a stamp.
  struct Cores {
    bool known = false;          ///< else all are 0
    Clock::duration decode{};    ///< with reading packets, without the decoder's own threads
    Clock::duration fill{};      ///< preprocessing
    Clock::duration callback{};  ///< postprocessing
    Clock::duration sink{};      ///< with drawing and encoding
    Clock::duration draw{};      ///< of `sink`
    Clock::duration encode{};    ///< of `sink`, without the encoder's own threads
  };
  Cores cores;

  std::int64_t index = 0;         ///< 0 for the first frame of the run
  const void* request = nullptr;  ///< tells the pipeline's requests apart
  std::thread::id deliverer{};    ///< the thread that postprocessed it and gave it to the sink
  bool failed = false;
};

}  // namespace inflight
