// The idle requests of a queue, and the threads and coroutines that wait for one. Not for direct use.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/submit.hpp"

namespace inflight::detail {

/// Waits for a slot without a thread: `take` gets it where it became idle, or null when the queue closes.
template <class SlotType>
class SlotTaker {
 public:
  virtual void take(SlotType* slot) noexcept = 0;
  SlotTaker* next_taker = nullptr;
  typename SlotType::Taker* result_taker = nullptr;
  TimePoint submitted;

 protected:
  ~SlotTaker() = default;
};

/// Every call is made under the queue's lock, but for `notify`.
template <class SlotType>
class IdleSlots {
 public:
  using Answer = std::pair<SlotType*, Submit>;

  explicit IdleSlots(std::size_t slots) { idle_.reserve(slots); }

  SlotType* take() noexcept {
    if (idle_.empty()) return nullptr;
    SlotType* slot = idle_.back();  // the last one used: the warmest
    idle_.pop_back();
    return slot;
  }
  void put(SlotType& slot) noexcept { idle_.push_back(&slot); }

  /// As `take`, for one that need not wait: leaves the slots that waiting threads are woken for.
  SlotType* take_beside_threads() noexcept { return idle_.size() > without_slot_ ? take() : nullptr; }

  /// Takes a slot as soon as there is one; null, and why, when that is not to be waited for any longer.
  Answer wait_and_take(std::unique_lock<std::mutex>& lock, const Until& until) {
    begin_wait();
    return end_wait(until.stop().stop_possible() ? wait_stoppable(lock, until) : wait(lock, until));
  }

  void enqueue(SlotTaker<SlotType>& taker) noexcept {
    *last_taker_ = &taker;
    last_taker_ = &taker.next_taker;
    ++takers_;
  }
  /// Who gets the next idle slot, when it is the turn of one that waits without a thread. Threads and they take turns;
  /// while there is a line, no slot is idle but for a thread that waits and is about to take it.
  SlotTaker<SlotType>* next_taker() noexcept {
    const bool wanted_by_threads = without_slot_ > idle_.size();
    const bool to_line = takers_ > 0 && (threads_had_the_last_ || !wanted_by_threads);
    threads_had_the_last_ = !to_line && wanted_by_threads;
    return to_line ? pop_taker() : nullptr;
  }

  /// From now on nothing waits. Returns: the line of those that wait without a thread, to be told.
  SlotTaker<SlotType>* close() {
    closed_ = true;
    became_idle_.notify_all();
    last_taker_ = &first_taker_;
    takers_ = 0;
    return std::exchange(first_taker_, nullptr);
  }
  bool closed() const noexcept { return closed_; }

  /// Whether a waiting thread is to be woken: at most one such wake-up is under way at a time.
  bool wants_notify() noexcept {
    if (without_slot_ == 0 || idle_.empty() || wake_pending_) return false;
    wake_pending_ = true;
    return true;
  }
  /// Better without the lock, for which what is woken would only wait.
  void notify() { became_idle_.notify_one(); }

  std::size_t waiting_threads() const noexcept { return waiting_; }
  std::size_t waiting() const noexcept { return waiting_ + takers_; }

 protected:
  // The steps of `wait_and_take`, for tests that let something happen in between.
  void begin_wait() noexcept {
    ++waiting_;
    ++without_slot_;
  }
  Answer wait(std::unique_lock<std::mutex>& lock, const Until& until) {
    const auto ready = [&] {
      wake_pending_ = false;
      return !idle_.empty() || closed_ || until.stop().stop_requested();
    };
    if (until.deadline()) {
      if (!became_idle_.wait_until(lock, *until.deadline(), ready)) return {nullptr, Submit::timed_out};
    } else {
      became_idle_.wait(lock, ready);
    }
    if (closed_) return {nullptr, Submit::stopped};
    SlotType* slot = take();
    if (slot == nullptr) return {nullptr, Submit::stopped};
    --without_slot_;
    return {slot, Submit::accepted};
  }

  Answer end_wait(Answer answer) noexcept {
    --waiting_;
    if (answer.first != nullptr) return answer;
    --without_slot_;
    if (closed_) return answer;
    // What became idle while the lock was free was left for this thread: nobody else would be told of it.
    wake_pending_ = false;
    SlotType* slot = take();
    return slot != nullptr ? Answer{slot, Submit::accepted} : answer;
  }

 private:
  Answer wait_stoppable(std::unique_lock<std::mutex>& lock, const Until& until) {
    const auto wake = [this, mutex = lock.mutex()] {
      const std::lock_guard guard(*mutex);
      became_idle_.notify_all();
    };
    // Made and unmade without the lock, which `wake` takes, perhaps on this very thread.
    lock.unlock();
    std::optional<std::stop_callback<decltype(wake)>> on_stop(std::in_place, until.stop(), wake);
    lock.lock();
    const auto answer = wait(lock, until);
    lock.unlock();
    on_stop.reset();
    lock.lock();
    return answer;
  }

  SlotTaker<SlotType>* pop_taker() noexcept {
    SlotTaker<SlotType>* taker = std::exchange(first_taker_, first_taker_->next_taker);
    if (first_taker_ == nullptr) last_taker_ = &first_taker_;
    --takers_;
    return taker;
  }

  std::vector<SlotType*> idle_;
  std::condition_variable became_idle_;
  std::size_t waiting_ = 0;       // threads
  std::size_t without_slot_ = 0;  // those of them that have none yet
  bool wake_pending_ = false;     // one of them was notified and has not looked yet
  bool closed_ = false;
  bool threads_had_the_last_ = false;
  std::size_t takers_ = 0;
  SlotTaker<SlotType>* first_taker_ = nullptr;
  SlotTaker<SlotType>** last_taker_ = &first_taker_;
};

}  // namespace inflight::detail
