// What the tests of the queue on scripted requests share.
#pragma once

#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "inflight/infer/async_infer_queue.hpp"
#include "scripted_request.hpp"
#include "submitted.hpp"

namespace inflight {

template <class Userdata = std::monostate>
using ScriptedQueue = AsyncInferQueue<Userdata, ScriptedRequest>;
template <class Userdata = std::monostate>
using ScriptedResult = BasicResult<Userdata, ScriptedRequest>;
using ScriptedInputs = BasicInputs<ScriptedRequest>;

struct FillError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A fill function that writes an item's number, or its failure, into the input.
inline auto write(long value, Fate fate = Fate::succeed) {
  return [=](ScriptedInputs inputs) { *inputs[0].data = {value, fate}; };
}

inline auto throw_in_fill() {
  return [](ScriptedInputs) { throw FillError("fill"); };
}

inline std::string message_of(const std::exception_ptr& error) {
  if (!error) return "";
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  }
}

/// What came out of a queue, by the item's number: its output, or its error's text. Any thread writes.
class Outcomes {
 public:
  void add(const ScriptedResult<long>& result) {
    const std::string text = result.ok() ? std::to_string(*result.output(0).data) : message_of(result.error());
    const std::lock_guard lock(mutex_);
    outcomes_.emplace(result.userdata(), text);
  }

  std::multimap<long, std::string> all() const {
    const std::lock_guard lock(mutex_);
    return outcomes_;
  }
  std::size_t size() const { return all().size(); }

 private:
  mutable std::mutex mutex_;
  std::multimap<long, std::string> outcomes_;
};

/// How items ended, by their number.
class Endings {
 public:
  auto callback() {
    return [this](const ScriptedResult<long>& result) {
      const std::lock_guard lock(mutex_);
      endings_.emplace(result.userdata(), result.outcome());
    };
  }
  std::multimap<long, Outcome> all() const {
    const std::lock_guard lock(mutex_);
    return endings_;
  }
  void wait_for(std::size_t count) const {
    while (all().size() < count) std::this_thread::yield();
  }

 private:
  mutable std::mutex mutex_;
  std::multimap<long, Outcome> endings_;
};

inline std::string output_text(long value) { return std::to_string(output_of(value)); }

/// The queue has all its requests, and each of them still works.
template <class Userdata>
void expect_full_capacity(ScriptedQueue<Userdata>& queue, ScriptedDevice& device) {
  const QueueCounts counts = queue.counts();
  EXPECT_EQ(counts.idle, queue.capacity());
  EXPECT_EQ(counts.in_flight, 0u);
  EXPECT_EQ(counts.leased, 0u);
  std::size_t accepted = 0;
  while (accepted <= queue.capacity() && queue.try_start_async(write(7)) == Submit::accepted) ++accepted;
  EXPECT_EQ(accepted, queue.capacity());
  for (std::size_t i = 0; i < accepted; ++i) device.finish();
  queue.wait_all();
}

}  // namespace inflight
