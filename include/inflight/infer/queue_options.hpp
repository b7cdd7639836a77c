// What is chosen when a queue is made.
#pragma once

#include <chrono>
#include <cstddef>

#include "inflight/base/clock.hpp"

namespace inflight {

/// The order in which results are delivered.
enum class Order {
  as_completed,  ///< at once; callbacks of several threads may run at the same time
  as_submitted,  ///< one after the other, as their requests were acquired; a failed item keeps its place. A result that
                 ///< waits for its turn keeps its request, so that one slow item holds up at most requests - 1 others
};

/// Ends items that take too long. Off while `limit` is zero.
///
/// An item over the limit is cancelled, which on CPU takes effect when the node now running is done. When that does not
/// come within `grace`, the item is delivered as timed out, its request is left to the device, and a spare takes its
/// place. The device's stream stays lost until the node returns (all of the device, with one stream). Then, and when
/// the result is released, the request becomes a spare again, or takes its place back when no spare did. Meanwhile
/// `QueueCounts::abandoned` tells; docs/queue.md has a recipe for recompiling.
///
/// One thread of each queue looks. It also runs the callbacks of what it gives up, and where a coroutine waits for the
/// spare its fill function, start and all: as long as these take, no other item is watched. With `deliver_on` it only
/// calls the executor for a callback.
struct WatchdogOptions {
  /// From the hand-over to OpenVINO until its callback begins. OpenVINO's own queueing is included: with more requests
  /// than streams, several times an inference; one stuck node on the only stream sends all others over the limit in
  /// turn. So is the wait for its callback thread: OpenVINO does not tell that an item is inferred while another one's
  /// callback keeps that thread, of this queue or of another on the model. Limit and grace together are to be longer
  /// than callbacks take, or these belong on an executor: `deliver_on`.
  Clock::duration limit{0};
  /// What an item over the limit gets to end by itself, once it is cancelled.
  Clock::duration grace = std::chrono::seconds(1);
  /// Requests that are made at the start, since OpenVINO makes none while a stream is busy.
  std::size_t spares = 1;
};

/// How many requests, in which order, and how long is too long.
struct QueueOptions {
  /// 0: twice what the device calls optimal, since filling an input and reading an output occupy a request as well;
  /// in the order of submission at least four for each stream.
  std::size_t requests = 0;
  Order order = Order::as_completed;
  WatchdogOptions watchdog = {};
  /// How long the destructor waits for nodes that run on after they were cancelled, and for what waits for OpenVINO's
  /// callback thread, while a callback keeps that. What is left then is delivered as timed out, and its requests are
  /// destroyed by a thread of their own when the device is done with them.
  Clock::duration shutdown_grace = std::chrono::seconds(10);
};

/// Where a queue's requests are at one moment. The first five sum up to the capacity.
struct QueueCounts {
  std::size_t idle = 0;               ///< free to be taken
  std::size_t in_flight = 0;          ///< with an item that is being filled, inferred, or on its way to its callback
  std::size_t waiting_for_order = 0;  ///< with an item that is done and waits for an earlier one, or, in the order of
                                      ///< submission, for the executor
  std::size_t leased = 0;             ///< held by a result, in its callback or later, of a timed-out item from when
                                      ///< the device has returned the request
  std::size_t lost = 0;               ///< left to the device by the watchdog, with no spare to take their place

  std::size_t abandoned = 0;           ///< requests that the device has not returned after a timeout, replaced or not
  std::size_t waiting_submitters = 0;  ///< threads and coroutines that wait for an idle request

  /// Whether submitters wait, and every request is held by a result: nothing goes on until one of these is released.
  bool blocked_by_leases() const noexcept {
    return waiting_submitters > 0 && leased > 0 && idle + in_flight + waiting_for_order == 0;
  }
};

}  // namespace inflight
