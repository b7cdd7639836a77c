// When an item passed which point.
#include <cstddef>
#include <functional>
#include <future>
#include <optional>
#include <ranges>
#include <thread>
#include <utility>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(ItemStamps, AreInOrderAlsoWhenAnItemFails) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  std::vector<ItemStamps> all;
  queue.set_callback([&](ScriptedResult<> result) { all.push_back(result.stamps()); });
  const TimePoint before = Clock::now();
  submitted(queue.start_async(write(1)));
  device.finish();
  submitted(queue.start_async(write(1, Fate::fail_to_infer)));
  device.finish();
  submitted(queue.start_async(write(1, Fate::fail_to_start)));
  submitted(queue.start_async(throw_in_fill()));
  const TimePoint after = Clock::now();
  ASSERT_EQ(all.size(), 4u);
  for (const ItemStamps& stamps : all) {
    EXPECT_LE(before, stamps.submitted);
    EXPECT_LE(stamps.submitted, stamps.acquired);
    EXPECT_LE(stamps.acquired, stamps.started);
    EXPECT_LE(stamps.started, stamps.completed);
    EXPECT_LE(stamps.completed, stamps.delivered);
    EXPECT_LE(stamps.delivered, after);
  }
}

/// Each way to submit an item, and the stamps that it had in the end.
class StampedWays : public testing::Test {
 protected:
  void expect_a_way(const std::function<void()>& submit) {
    stamps_.reset();
    const TimePoint submitting = Clock::now();
    submit();
    const TimePoint submitted = Clock::now();
    device_.finish();
    const TimePoint finished = Clock::now();
    if (future_.valid()) stamps_ = future_.get().stamps();
    ASSERT_TRUE(stamps_);
    EXPECT_LE(submitting, stamps_->submitted);
    EXPECT_LE(stamps_->submitted, stamps_->acquired);
    EXPECT_LE(stamps_->acquired, filling_);
    EXPECT_LE(filling_, stamps_->started);
    EXPECT_LE(stamps_->started, submitted);
    EXPECT_LE(submitted, stamps_->completed);
    EXPECT_LE(stamps_->completed, stamps_->delivered);
    EXPECT_LE(stamps_->delivered, finished);
  }

  Coroutine await_one() { stamps_ = (co_await queue_.infer(fill_)).stamps(); }

  TimePoint filling_;
  std::function<void(ScriptedInputs)> fill_ = [this](ScriptedInputs) { filling_ = Clock::now(); };
  std::optional<ItemStamps> stamps_;
  std::future<ScriptedResult<>::Detached> future_;
  ScriptedDevice device_{0};
  ScriptedQueue<> queue_{scripted_requests(&device_, 1)};
};

TEST_F(StampedWays, TellTheFillTheRunAndTheDelivery) {
  std::optional<ScriptedResult<>> held;
  queue_.set_callback([&](ScriptedResult<> result) {
    stamps_ = result.stamps();
    held.emplace(std::move(result));
  });
  const auto release = [&] { held.reset(); };
  expect_a_way([&] { submitted(queue_.start_async(fill_)); });
  expect_a_way([&] { submitted(queue_.restart(std::move(*held), fill_)); });
  release();
  expect_a_way([&] { submitted(queue_.try_start_async(fill_)); });
  release();
  expect_a_way([&] { future_ = queue_.infer_future(fill_); });
  expect_a_way([&] { await_one(); });
}

TEST_F(StampedWays, TellTheWaitForARequest) {
  std::optional<ScriptedResult<>> held;
  queue_.set_callback([&](ScriptedResult<> result) {
    stamps_ = result.stamps();
    if (!held) held.emplace(std::move(result));
  });
  const auto expect_a_wait = [&](const std::function<void()>& submit) {
    held.reset();
    submitted(queue_.start_async(fill_));
    device_.finish();
    std::jthread submitter(submit);
    while (queue_.counts().waiting_submitters == 0) std::this_thread::yield();
    const TimePoint releasing = Clock::now();
    ScriptedResult<> mine = std::move(*held);
    mine.release();
    submitter.join();
    device_.finish();
    if (future_.valid()) stamps_ = future_.get().stamps();
    EXPECT_LE(stamps_->submitted, releasing);
    EXPECT_LE(releasing, stamps_->acquired);
  };
  expect_a_wait([&] { submitted(queue_.start_async(fill_)); });
  expect_a_wait([&] { future_ = queue_.infer_future(fill_); });
  expect_a_wait([&] { await_one(); });
}

// Of the two items one waits for a request if need be, and the other takes one that is idle.
TEST_F(StampedWays, TellOfALoopWhatItTakesToMakeAnItem) {
  ScriptedQueue<long> queue(scripted_requests(&device_, 2), {.order = Order::as_submitted});
  std::vector<TimePoint> making, filling;
  const auto make = [&](long item) {
    making.push_back(Clock::now());
    return item;
  };
  const auto fill = [&](ScriptedInputs) { filling.push_back(Clock::now()); };
  auto range = queue.run(std::views::iota(0L, 2L) | std::views::transform(make), fill);
  const std::jthread finishing([&] {
    device_.finish();
    device_.finish();
  });
  const TimePoint before = Clock::now();
  std::size_t seen = 0;
  for (const auto& result : range) {
    const ItemStamps& stamps = result.stamps();
    EXPECT_LE(before, stamps.submitted);
    EXPECT_LE(stamps.submitted, stamps.acquired);
    EXPECT_LE(stamps.acquired, making.at(seen));
    EXPECT_LE(filling.at(seen), stamps.started);
    EXPECT_LE(stamps.started, stamps.completed);
    EXPECT_LE(stamps.completed, stamps.delivered);
    EXPECT_LE(stamps.delivered, Clock::now());
    ++seen;
  }
  EXPECT_EQ(seen, 2U);
}

TEST_F(StampedWays, TellTheWaitForTheExecutor) {
  std::function<void()> task;
  queue_.deliver_on([&](std::function<void()> next) { task = std::move(next); });
  queue_.set_callback([&](ScriptedResult<> result) { stamps_ = result.stamps(); });
  submitted(queue_.start_async(fill_));
  device_.finish();
  const TimePoint running = Clock::now();
  task();
  EXPECT_LE(stamps_->completed, running);
  EXPECT_LE(running, stamps_->delivered);
}

}  // namespace
}  // namespace inflight
