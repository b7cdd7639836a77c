// Which request of a queue is where. Not for direct use.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detail/idle_slots.hpp"
#include "inflight/infer/detail/slot.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/queue_options.hpp"
#include "inflight/infer/submit.hpp"

namespace inflight::detail {

/// The slots, the lock that guards them, and the number of items whose taker has not returned.
template <class SlotType>
class SlotBoard {
 public:
  using Taker = typename SlotType::Taker;
  using Lock = std::unique_lock<std::mutex>;

  /// The last `spares` of the requests take the place of others that are lost.
  template <class Request>
  SlotBoard(std::vector<Request> requests, std::size_t spares)
      : capacity_(requests.size() - spares), in_service_(capacity_), idle_(requests.size()) {
    for (Request& request : requests) slots_.emplace_back(std::move(request), slots_.size());
    for (std::size_t i = 0; i < capacity_; ++i) idle_.put(slots_[i]);
    for (std::size_t i = capacity_; i < slots_.size(); ++i) slots_[i].phase = Phase::spare;
  }

  std::deque<SlotType>& slots() noexcept { return slots_; }
  std::size_t capacity() const noexcept { return capacity_; }
  Lock lock() const { return Lock(mutex_); }

  /// An idle slot for a new item; or null, and why.
  std::pair<SlotType*, Submit> acquire(const Until& until, Taker* taker) {
    const TimePoint submitted = Clock::now();
    Lock lock(mutex_);
    if (idle_.closed()) return {nullptr, Submit::stopped};
    std::pair<SlotType*, Submit> got{idle_.take(), Submit::accepted};
    if (got.first == nullptr) {
      if (UserCodeScope::on_this_thread()) return {nullptr, Submit::would_deadlock};
      got = idle_.wait_and_take(lock, until);
      if (got.first == nullptr) {
        // For `wait_until_left`: this may have been the last thread that waited.
        if (idle_.closed()) all_done_.notify_all();
        return got;
      }
    }
    begin(*got.first, taker);
    unlock_and_notify(lock);
    got.first->stamps = {submitted, Clock::now(), {}, {}, {}};
    return got;
  }

  /// As `acquire`, but never waits: `full`.
  std::pair<SlotType*, Submit> try_acquire(Taker* taker) {
    const TimePoint submitted = Clock::now();
    Lock lock(mutex_);
    if (idle_.closed()) return {nullptr, Submit::stopped};
    SlotType* slot = idle_.take();
    if (slot == nullptr) return {nullptr, Submit::full};
    begin(*slot, taker);
    lock.unlock();
    slot->stamps = {submitted, Clock::now(), {}, {}, {}};
    return {slot, Submit::accepted};
  }

  /// As `try_acquire`, but when full `waiting` gets the slot, where it becomes idle.
  std::pair<SlotType*, Submit> acquire_or_enqueue(SlotTaker<SlotType>& waiting) {
    waiting.submitted = Clock::now();
    Lock lock(mutex_);
    if (idle_.closed()) return {nullptr, Submit::stopped};
    SlotType* slot = idle_.take_beside_threads();
    if (slot == nullptr) {
      idle_.enqueue(waiting);
      return {nullptr, Submit::full};
    }
    begin(*slot, waiting.result_taker);
    lock.unlock();
    slot->stamps = {waiting.submitted, Clock::now(), {}, {}, {}};
    return {slot, Submit::accepted};
  }

  /// A new item in the leased slot in hand, which the caller clears of the old one. The answer is that of a submission
  /// that needs no idle slot.
  Submit reuse(SlotType& slot) {
    const TimePoint submitted = Clock::now();
    {
      const Lock lock(mutex_);
      if (idle_.closed()) return Submit::stopped;
      if (slot.phase == Phase::abandoned) return Submit::request_lost;
      begin(slot, nullptr);
    }
    slot.stamps = {submitted, submitted, {}, {}, {}};
    return Submit::accepted;
  }

  /// The end of a slot's lease, or of an item that never was.
  void release(SlotType& slot) noexcept {
    if (slot.phase == Phase::abandoned && !is_last_holder(slot)) return;
    slot.clear();
    Lock lock(mutex_);
    recycle(slot, lock);
  }

  /// The device is done with a slot after its item was given up.
  void return_late(SlotType& slot) noexcept {
    if (is_last_holder(slot)) {
      slot.clear();
      Lock lock(mutex_);
      recycle(slot, lock);
    }
    const Lock lock(mutex_);
    --abandoned_;
    all_done_.notify_all();  // last: the board may be gone afterwards
  }

  /// Gives a running item up; false when it has just ended by itself. Its place in service goes to a spare.
  bool abandon(SlotType& slot, Lock& lock) {
    Phase running = Phase::running;
    if (!slot.phase.compare_exchange_strong(running, Phase::abandoned)) return false;
    slot.holders = 2;
    ++abandoned_;
    --in_service_;
    for (SlotType& spare : slots_) {
      if (spare.phase != Phase::spare) continue;
      recycle(spare, lock);
      lock.lock();
      break;
    }
    return true;
  }

  /// Asks OpenVINO to end a slot's item, now or as soon as it is started. Under the lock, so that it meets no other.
  void cancel(SlotType& slot, const Lock&) noexcept {
    const Phase phase = slot.phase;
    if (phase != Phase::filling && phase != Phase::running) return;
    slot.cancel = true;
    if (phase != Phase::running) return;
    try {
      slot.request.cancel();
    } catch (...) {  // a device that cannot cancel finishes
    }
  }

  /// For the submitter, after the start: what was cancelled while it was being started is cancelled again.
  void cancel_if_asked(SlotType& slot, std::uint64_t item) noexcept {
    if (!slot.cancel) return;
    const Lock lock(mutex_);
    if (slot.item == item) cancel(slot, lock);
  }

  /// A call of the executor counts as an item does.
  void begin_call() noexcept {
    const Lock lock(mutex_);
    ++in_flight_;
  }
  /// One item's taker has returned, or one call of the executor. Without the lock, unless it is the last one: whoever
  /// waits for that may end the queue as soon as the lock is free.
  void end() noexcept {
    std::size_t in_flight = in_flight_;
    while (in_flight > 1) {
      if (in_flight_.compare_exchange_weak(in_flight, in_flight - 1)) return;
    }
    const Lock lock(mutex_);
    if (--in_flight_ == 0) all_done_.notify_all();
  }
  bool busy(const Lock&) const noexcept { return in_flight_ > 0; }

  void wait_all() const {
    Lock lock(mutex_);
    all_done_.wait(lock, [this] { return in_flight_ == 0; });
  }

  /// From now on nothing is acquired, and nobody waits.
  void close() {
    Lock lock(mutex_);
    SlotTaker<SlotType>* taker = idle_.close();
    lock.unlock();
    while (taker != nullptr) std::exchange(taker, taker->next_taker)->take(nullptr);
  }
  /// For `close`d boards: until every taker and every submitter has returned, but no longer than that. Whether they
  /// have.
  bool wait_until_left(Clock::duration longest) const {
    Lock lock(mutex_);
    return all_done_.wait_until(lock, later(Clock::now(), longest),
                                [this] { return in_flight_ == 0 && idle_.waiting_threads() == 0; });
  }
  void wait_until_returned() const {
    Lock lock(mutex_);
    all_done_.wait(lock, [this] { return abandoned_ == 0; });
  }

  QueueCounts counts() const {
    QueueCounts counts;
    std::size_t given_up = 0;
    const Lock lock(mutex_);
    for (const SlotType& slot : slots_) {
      switch (slot.phase) {
        case Phase::idle:
          ++counts.idle;
          break;
        case Phase::filling:
        case Phase::running:
        case Phase::finished:
          ++counts.in_flight;
          break;
        case Phase::waiting_for_order:
          ++counts.waiting_for_order;
          break;
        case Phase::leased:
          ++counts.leased;
          break;
        case Phase::abandoned:
          ++given_up;
          break;
        case Phase::spare:
          break;
      }
    }
    counts.lost = capacity_ - in_service_;
    // Of a place that nothing fills, the device may be done, and only the timed-out result holds the request.
    const std::size_t held = std::min(given_up - std::min(given_up, abandoned_), counts.lost);
    counts.lost -= held;
    counts.leased += held;
    counts.abandoned = abandoned_;
    counts.waiting_submitters = idle_.waiting();
    return counts;
  }

 private:
  void begin(SlotType& slot, Taker* taker) noexcept {
    slot.phase = Phase::filling;
    slot.cancel = false;
    slot.cancelled_at = {};
    slot.item = next_item_++;
    slot.taker = taker;
    ++in_flight_;
  }

  /// Puts a slot where it is needed: to a coroutine that waits, among the idle ones, or to the spares. Ends the lock.
  void recycle(SlotType& slot, Lock& lock) noexcept {
    const bool returns = slot.phase == Phase::abandoned || slot.phase == Phase::spare;
    if (returns && in_service_ == capacity_) {
      slot.phase = Phase::spare;
      lock.unlock();
      return;
    }
    if (returns) ++in_service_;
    if (SlotTaker<SlotType>* taker = idle_.next_taker()) {
      begin(slot, taker->result_taker);
      lock.unlock();
      slot.stamps = {taker->submitted, Clock::now(), {}, {}, {}};
      taker->take(&slot);
      return;
    }
    slot.phase = Phase::idle;
    idle_.put(slot);
    unlock_and_notify(lock);
  }

  void unlock_and_notify(Lock& lock) noexcept {
    const bool notify = idle_.wants_notify();
    lock.unlock();
    if (notify) idle_.notify();
  }

  bool is_last_holder(SlotType& slot) noexcept {
    const Lock lock(mutex_);
    return --slot.holders == 0;
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable all_done_;
  std::size_t capacity_;
  std::size_t in_service_;
  std::atomic<std::size_t> in_flight_ = 0;  // items whose taker has not returned, and calls of the executor
  std::size_t abandoned_ = 0;               // slots that the device has not returned
  std::uint64_t next_item_ = 0;
  IdleSlots<SlotType> idle_;
  std::deque<SlotType> slots_;  // last: destroyed first, while all that callbacks touch still stands
};

}  // namespace inflight::detail
