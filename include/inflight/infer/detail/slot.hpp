// One request and what belongs to the item in it. Not for direct use.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/item_stamps.hpp"
#include "inflight/infer/outcome.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight::detail {

/// What a slot is doing. From `filling` on it has an item; whoever moves it out of `running` owns the item's outcome.
enum class Phase : unsigned char {
  spare,              // not in service
  idle,               //
  filling,            // with its submitter
  running,            // with the device
  finished,           // with the thread that delivers it
  waiting_for_order,  //
  leased,             // with a result
  abandoned,          // with the device, its item delivered as timed out
};

/// Takes a result instead of the queue's callback: the future's, the coroutine's, the range's.
template <class Userdata, class Request>
class ResultTaker {
 public:
  virtual void take(BasicResult<Userdata, Request> result) = 0;

 protected:
  ~ResultTaker() = default;
};

template <class Userdata, class Request>
struct Slot {
  using Taker = ResultTaker<Userdata, Request>;

  Slot(Request r, std::size_t position) : index(static_cast<std::uint32_t>(position)), request(std::move(r)) {}

  const std::uint32_t index;  // among the slots

  // Changed under the queue's lock, but on the way from filling to leased, where the item's owner does it.
  std::atomic<Phase> phase = Phase::idle;
  std::atomic<bool> cancel = false;  // asked for, perhaps before there was anything to cancel

  std::atomic<std::uint32_t> hand_overs = 0;  // to the executor, begun and ended: odd while its task is to be run

  // Guarded by the queue's lock.
  std::uint64_t item = 0;  // its number, in the order of acquisition
  TimePoint cancelled_at;  // by the watchdog; none: the epoch
  int holders = 0;         // of an abandoned slot: the device, the timed-out result
  Taker* taker = nullptr;

  // Written by whoever holds the item: submitter, deliverer, lease.
  std::optional<Userdata> userdata;  // none: the item was withdrawn, and only its place in the order is left
  std::exception_ptr error;
  Outcome outcome = Outcome::succeeded;
  ItemStamps stamps;
  LentInputs<Request> lent;
  Slot* next = nullptr;  // in the line of those that wait for the callback before them to return
  Request request;       // last, so that it is destroyed first: its destructor waits for its callback

  /// Forgets the item. Runs the userdata's destructor: never under a lock.
  void clear() noexcept {
    const UserCodeScope inside(nullptr);  // of the userdata: nothing may wait in it
    lent.restore(request);
    userdata.reset();
    error = nullptr;
  }
};

}  // namespace inflight::detail
