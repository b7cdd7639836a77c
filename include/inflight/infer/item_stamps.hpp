// When an item passed which point.
#pragma once

#include "inflight/base/clock.hpp"

namespace inflight {

/// Each from the same clock; the difference of two says what lies between.
struct ItemStamps {
  TimePoint submitted;  ///< the submission was called
  TimePoint acquired;   ///< a request was idle; since `submitted`: the wait for one
  TimePoint started;    ///< about to be handed to OpenVINO; since `acquired`: making or copying the userdata (in a loop
                        ///< over `run`, what the items' range does to give one), and the fill function. When that
                        ///< failed, or the item was cancelled in it: as `completed`
  TimePoint completed;  ///< OpenVINO's callback began; since `started`: OpenVINO's own queueing, the inference, and the
                        ///< wait for its one callback thread. When the item was given up: that moment
  TimePoint delivered;  ///< the item's taker is about to be called; since `completed`: the wait for its turn, for the
                        ///< callbacks before it on this thread, and for the executor
};

}  // namespace inflight
