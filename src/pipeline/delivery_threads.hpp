// Threads that run what they are given, in the order in which it came.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "inflight/measure/thread_times.hpp"

namespace inflight {

/// Ends when all that it was given is done.
class DeliveryThreads {
 public:
  explicit DeliveryThreads(std::size_t threads) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
      threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
    }
  }

  void operator()(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    arrived_.notify_one();
  }

 private:
  void run(const std::stop_token& stop) {
    name_this_thread("deliver");
    std::unique_lock lock(mutex_);
    while (arrived_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;  // guards the tasks
  std::condition_variable_any arrived_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace inflight
