// What a queue, its requests' callbacks and its leases share. Not for direct use.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/callback_scope.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight {

/// Where a queue's requests are at one moment. Their sum is the capacity.
struct QueueCounts {
  std::size_t idle = 0;       ///< free to be taken
  std::size_t in_flight = 0;  ///< with an item that is being filled, inferred or is about to be delivered
  std::size_t leased = 0;     ///< held by a result
};

namespace detail {

/// One request and what belongs to the item in it. Written by whoever holds the item: submitter, callback, lease.
template <class Userdata, class Request>
struct Slot {
  explicit Slot(Request r) : request(std::move(r)) {}

  std::optional<Userdata> userdata;
  std::exception_ptr error;
  ItemStamps stamps;
  Slot* next = nullptr;  // in the line of those that wait for the callback before them to return
  Request request;       // last, so that it is destroyed first: its destructor waits for its callback
};

template <class Userdata, class Request>
class QueueState : public std::enable_shared_from_this<QueueState<Userdata, Request>> {
 public:
  using SlotType = Slot<Userdata, Request>;
  using ResultType = BasicResult<Userdata, Request>;

  explicit QueueState(std::vector<Request> requests) {
    if (requests.empty()) throw std::invalid_argument("AsyncInferQueue: it needs at least one request");
    idle_.reserve(requests.size());
    for (Request& request : requests) slots_.emplace_back(std::move(request));
    for (SlotType& slot : slots_) {
      idle_.push_back(&slot);
      slot.request.set_callback([this, &slot](std::exception_ptr error) { complete(slot, std::move(error)); });
    }
  }

  void set_callback(std::function<void(ResultType)> callback) {
    const std::lock_guard lock(mutex_);
    refuse_while_busy("set_callback");
    callback_.swap(callback);  // the old one ends after the lock: it may own anything, results of this queue too
  }

  void set_error_handler(std::function<void(std::exception_ptr)> handler) {
    const std::lock_guard lock(mutex_);
    refuse_while_busy("set_error_handler");
    error_handler_.swap(handler);
  }

  /// An idle slot, its item counted as in flight; null when stopped, or when waiting would never end.
  SlotType* acquire(std::stop_token stop) {
    const TimePoint submitted = Clock::now();
    std::unique_lock lock(mutex_);
    if (idle_.empty()) {
      if (CallbackScope::on_this_thread()) return nullptr;
      ++waiting_;
      const bool found = became_idle_.wait(lock, std::move(stop), [this] {
        wake_pending_ = false;
        return !idle_.empty();
      });
      --waiting_;
      if (!found) return nullptr;  // nothing is idle either, so no wake-up is lost with this one
    }
    SlotType* slot = take_idle(submitted);
    pass_wake_on(lock);
    return slot;
  }

  SlotType* try_acquire() {
    const TimePoint submitted = Clock::now();
    const std::lock_guard lock(mutex_);
    return idle_.empty() ? nullptr : take_idle(submitted);
  }

  /// Fills and starts an acquired slot. Whatever fails is the item's outcome.
  template <class Fill, class Data>
  void run(SlotType& slot, Fill& fill, Data&& userdata) {
    try {
      slot.userdata.emplace(std::forward<Data>(userdata));
    } catch (...) {
      // Without userdata there is no item to deliver: the caller keeps both it and the exception.
      forget(slot);
      throw;
    }
    try {
      if constexpr (std::invocable<Fill&, BasicInputs<Request>, Userdata&>) {
        fill(BasicInputs<Request>(slot.request), *slot.userdata);
      } else {
        fill(BasicInputs<Request>(slot.request));
      }
      slot.stamps.started = Clock::now();
      slot.request.start_async();
    } catch (...) {
      complete(slot, std::current_exception());
    }
  }

  void wait_all() {
    if (CallbackScope::on_this_thread()) {
      throw std::logic_error("AsyncInferQueue: wait_all inside a callback would wait for itself; call it elsewhere");
    }
    std::unique_lock lock(mutex_);
    all_done_.wait(lock, [this] { return in_flight_ == 0; });
    if (const auto error = std::exchange(callback_error_, nullptr)) std::rethrow_exception(error);
  }

  /// Ends a lease.
  void release(SlotType& slot) noexcept {
    slot.userdata.reset();
    slot.error = nullptr;
    std::unique_lock lock(mutex_);
    --leased_;
    idle_.push_back(&slot);
    pass_wake_on(lock);
  }

  /// The end of a queue: what its destructor does.
  static void retire(std::shared_ptr<QueueState> state) {
    if (!CallbackScope::on_this_thread()) {
      state->drain();
    } else {
      // Perhaps in one of its own callbacks, whose end it would wait for: a thread of its own waits and destroys.
      std::thread([state = std::move(state)]() mutable { state->drain(); }).detach();
    }
  }

  std::size_t capacity() const noexcept { return slots_.size(); }

  QueueCounts counts() const {
    const std::lock_guard lock(mutex_);
    return {idle_.size(), slots_.size() - idle_.size() - leased_, leased_};
  }

 private:
  void refuse_while_busy(const char* what) const {
    if (in_flight_ == 0) return;
    throw std::logic_error(std::string("AsyncInferQueue: ") + what + " while items are in flight; wait_all first");
  }

  SlotType* take_idle(TimePoint submitted) {
    SlotType* slot = idle_.back();
    idle_.pop_back();
    ++in_flight_;
    slot->stamps = {submitted, Clock::now(), {}, {}};
    return slot;
  }

  /// Gives an acquired slot back without an outcome.
  void forget(SlotType& slot) {
    slot.userdata.reset();
    std::unique_lock lock(mutex_);
    idle_.push_back(&slot);
    --in_flight_;
    all_done_.notify_all();
    pass_wake_on(lock);
  }

  /// A callback on this thread's stack, and the items that are to be delivered when it has returned.
  struct Delivery : CallbackScope {
    using CallbackScope::CallbackScope;
    SlotType* first = nullptr;
    SlotType** end = &first;

    void append(SlotType& slot) noexcept {
      *end = &slot;
      end = &slot.next;
    }
    SlotType* take() noexcept {
      if (first == nullptr) return nullptr;
      SlotType* slot = std::exchange(first, first->next);
      slot->next = nullptr;
      if (first == nullptr) end = &first;
      return slot;
    }
  };

  /// The end of every item: from OpenVINO's callback, or from `run` when that failed.
  ///
  /// An item that ends while this thread is in a callback of this queue, as when that callback submits and the fill
  /// fails, waits for its return: user code is not entered twice, and no chain of failures eats the stack.
  void complete(SlotType& slot, std::exception_ptr error) noexcept {
    slot.stamps.completed = Clock::now();
    if (slot.stamps.started == TimePoint{}) slot.stamps.started = slot.stamps.completed;
    slot.error = std::move(error);
    if (CallbackScope* outer = CallbackScope::of(this)) {
      static_cast<Delivery*>(outer)->append(slot);
      return;
    }
    Delivery delivery(this);
    for (SlotType* next = &slot; next != nullptr; next = delivery.take()) deliver(*next);
  }

  void deliver(SlotType& slot) noexcept {
    {
      const std::lock_guard lock(mutex_);
      ++leased_;
    }
    try {
      ResultType result(this->shared_from_this(), slot);
      if (callback_) callback_(std::move(result));
    } catch (...) {
      report(std::current_exception());
    }
    const std::lock_guard lock(mutex_);
    if (--in_flight_ == 0) all_done_.notify_all();  // under the lock: without it, the queue may be gone
  }

  void report(std::exception_ptr error) noexcept {
    if (!error_handler_) {
      const std::lock_guard lock(mutex_);
      if (!callback_error_) callback_error_ = std::move(error);
      return;
    }
    try {
      error_handler_(std::move(error));
    } catch (...) {  // a handler that throws has nobody left to tell
    }
  }

  /// Wakes one waiting submitter when there is something to take; at most one wake-up is under way at a time.
  void pass_wake_on(std::unique_lock<std::mutex>& lock) {
    const bool wake = waiting_ > 0 && !idle_.empty() && !wake_pending_;
    wake_pending_ = wake_pending_ || wake;
    lock.unlock();
    if (wake) became_idle_.notify_one();
  }

  /// Waits for the last callback, then drops the functions: results that outlive the queue don't keep alive what they
  /// own, nor themselves when they are owned by one.
  void drain() {
    std::function<void(ResultType)> callback;
    std::function<void(std::exception_ptr)> handler;
    std::unique_lock lock(mutex_);
    all_done_.wait(lock, [this] { return in_flight_ == 0; });
    callback.swap(callback_);
    handler.swap(error_handler_);
  }

  mutable std::mutex mutex_;
  std::condition_variable_any became_idle_;
  std::condition_variable all_done_;
  std::function<void(ResultType)> callback_;
  std::function<void(std::exception_ptr)> error_handler_;
  std::exception_ptr callback_error_;
  std::vector<SlotType*> idle_;
  std::size_t in_flight_ = 0;   // items accepted whose callback has not returned
  std::size_t leased_ = 0;      // slots held by results
  std::size_t waiting_ = 0;     // submitters that wait for a slot
  bool wake_pending_ = false;   // one of them was notified and has not looked yet
  std::deque<SlotType> slots_;  // last: destroyed first, while all that callbacks touch still stands
};

}  // namespace detail
}  // namespace inflight
