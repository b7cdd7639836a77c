// The loops that bench_queue compares: by hand, through the queue, and restarting in the callback.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"

namespace inflight::bench {

using Queue = AsyncInferQueue<long>;

const auto no_fill = [](const auto&) {};

/// Takes its time, as one that prepares pictures does; none by default.
struct SlowFill {
  double us = 0;

  template <class Inputs>
  void operator()(const Inputs&) const {
    if (us <= 0) return;
    const auto begin = Clock::now();
    while (1e3 * milliseconds_between(begin, Clock::now()) < us) continue;
  }
};

/// The shortest loop that is correct: mutex, condition variable, callback.
class HandWritten {
 public:
  explicit HandWritten(std::vector<ov::InferRequest> requests) : requests_(std::move(requests)) {
    for (ov::InferRequest& request : requests_) {
      idle_.push_back(&request);
      request.set_callback([this, &request](const std::exception_ptr& error) {
        if (error) ++failed_;
        {
          const std::lock_guard lock(mutex_);
          idle_.push_back(&request);
        }
        became_idle_.notify_one();
      });
    }
  }
  ~HandWritten() { requests_.clear(); }
  HandWritten(const HandWritten&) = delete;
  HandWritten& operator=(const HandWritten&) = delete;

  template <class Fill>
  void run(long items, const Fill& fill) {
    for (long i = 0; i < items; ++i) {
      ov::InferRequest* request = nullptr;
      {
        std::unique_lock lock(mutex_);
        became_idle_.wait(lock, [this] { return !idle_.empty(); });
        request = idle_.back();
        idle_.pop_back();
      }
      fill(*request);
      request->start_async();
    }
    std::unique_lock lock(mutex_);
    became_idle_.wait(lock, [this] { return idle_.size() == requests_.size(); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable became_idle_;
  std::vector<ov::InferRequest*> idle_;
  std::atomic<long> failed_ = 0;
  std::vector<ov::InferRequest> requests_;
};

template <class Fill>
void run_queue(Queue& queue, long items, int producers, const Fill& fill) {
  std::vector<std::jthread> threads;
  for (int p = 1; p < producers; ++p) {
    threads.emplace_back([&] {
      for (long i = 0; i < items / producers; ++i) ensure_accepted(queue.start_async(fill, i));
    });
  }
  for (long i = 0; i < items / producers; ++i) ensure_accepted(queue.start_async(fill, i));
  threads.clear();
  queue.wait_all();
}

/// Every item but the first of each request is a restart in the callback, which then calls `after`.
template <class Fill, class After>
void run_restarts(Queue& queue, long items, const Fill& fill, const After& after) {
  std::atomic<long> left = items;
  queue.set_callback([&](Queue::Result result) {
    if (left.fetch_sub(1) > 0) ensure_accepted(queue.restart(std::move(result), fill, 0L));
    after();
  });
  for (std::size_t i = 0; i < queue.capacity() && left.fetch_sub(1) > 0; ++i) {
    ensure_accepted(queue.start_async(fill, 0L));
  }
  queue.wait_all();
  queue.set_callback([](const Queue::Result&) {});
}
template <class Fill>
void run_restarts(Queue& queue, long items, const Fill& fill) {
  run_restarts(queue, items, fill, [] {});
}

/// As `run_restarts`, and each callback wakes a thread that has nothing to do, as a submitting one is woken otherwise:
/// shows whether the wake-ups make the difference.
template <class Fill>
void run_restarts_that_wake(Queue& queue, long items, const Fill& fill) {
  std::atomic<long> woken = 0;
  std::atomic<bool> over = false;
  std::mutex mutex;
  std::condition_variable wake;
  std::jthread idler([&] {
    std::unique_lock lock(mutex);
    for (long seen = 0; !over; seen = woken) wake.wait(lock, [&] { return over || woken != seen; });
  });
  const auto tell = [&](auto& what, auto value) {
    {
      const std::lock_guard lock(mutex);
      what = value;
    }
    wake.notify_one();
  };
  run_restarts(queue, items, fill, [&] { tell(woken, woken + 1); });
  tell(over, true);
}

/// Restarts in the callback, without a queue.
class HandRestarted {
 public:
  explicit HandRestarted(std::vector<ov::InferRequest> requests) : requests_(std::move(requests)) {
    for (ov::InferRequest& request : requests_) {
      request.set_callback([this, &request](const std::exception_ptr&) { next(request); });
    }
  }
  ~HandRestarted() { requests_.clear(); }
  HandRestarted(const HandRestarted&) = delete;
  HandRestarted& operator=(const HandRestarted&) = delete;

  template <class Fill>
  void run(long items, const Fill& fill) {
    fill_ = [&fill](ov::InferRequest& request) { fill(request); };
    left_ = items;
    running_ = requests_.size();
    for (ov::InferRequest& request : requests_) next(request);
    std::unique_lock lock(mutex_);
    all_done_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  void next(ov::InferRequest& request) {
    if (left_.fetch_sub(1) > 0) {
      fill_(request);
      request.start_async();
      return;
    }
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) all_done_.notify_one();
  }

  std::function<void(ov::InferRequest&)> fill_;
  std::atomic<long> left_ = 0;
  std::mutex mutex_;
  std::condition_variable all_done_;
  std::size_t running_ = 0;
  std::vector<ov::InferRequest> requests_;
};

}  // namespace inflight::bench
