// Loops over results.
#include <map>
#include <memory>
#include <numeric>
#include <ranges>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(Run, GivesAResultForEachItemAndKeepsAllRequestsBusy) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 4), {.order = Order::as_submitted});
  std::vector<long> items(1000);
  std::iota(items.begin(), items.end(), 0);
  const auto fill = [](ScriptedInputs inputs, long item) {
    if (item % 10 == 3) throw FillError("fill");
    *inputs[0].data = {item, Fate::succeed};
  };
  long next = 0;
  for (auto result : queue.run(items, fill)) {
    ASSERT_EQ(result.userdata(), next);
    if (next % 10 == 3) {
      ASSERT_EQ(result.outcome(), Outcome::failed);
    } else {
      ASSERT_EQ(*result.output(0).data, output_of(next));
    }
    ++next;
  }
  EXPECT_EQ(next, 1000);
  EXPECT_EQ(queue.counts().idle, 4u);
}

TEST(Run, TakesTemporaryAndMoveOnlyItemsThatAreMadeOnce) {
  ScriptedDevice device(1);
  ScriptedQueue<std::unique_ptr<long>> queue(scripted_requests(&device, 2));
  long made = 0;
  const auto decode = [&made](long item) {
    ++made;
    return std::make_unique<long>(item);
  };
  auto frames = std::views::iota(0L, 50L) | std::views::transform(decode);
  const auto fill = [](ScriptedInputs inputs, std::unique_ptr<long>& item) {
    *inputs[0].data = {*item, Fate::succeed};
  };
  long sum = 0;
  for (auto result : queue.run(frames, fill)) sum += *result.output(0).data - output_of(*result.userdata()) + 1;
  EXPECT_EQ(sum, 50);
  EXPECT_EQ(made, 50);
}

// The items are made while the loop runs, by a decoder perhaps.
TEST(Run, WhoseItemsThrowLeavesTheQueueWhole) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  const auto decode = [](long item) {
    if (item == 5) throw std::range_error("decode");
    return item;
  };
  long seen = 0;
  const auto loop = [&] {
    for (auto result : queue.run(std::views::iota(0L, 10L) | std::views::transform(decode), write(1))) {
      seen += result.ok();
    }
  };
  EXPECT_THROW(loop(), std::range_error);
  EXPECT_LE(seen, 5);
  ASSERT_EQ(queue.counts().idle, 2u);
  queue.wait_all();
}

TEST(Run, OfNothingGivesNothing) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  for (auto result : queue.run(std::vector<long>{}, write(1))) FAIL() << result.userdata();
}

TEST(Run, LeftEarlyCancelsAndWaitsForItsOwnItemsAndNoOthers) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 4));
  Endings others;
  queue.set_callback(others.callback());
  std::jthread finishing;
  const auto leave_early = [&] {
    auto range = queue.run(std::views::iota(0L, 1000L), write(1));
    finishing = std::jthread([&] {
      device.finish(1);  // lets the loop begin
      device.wait_until_cancelled(2);
      for (int i = 0; i < 3; ++i) device.finish();
    });
    for (auto result : range) {
      EXPECT_TRUE(result.ok());
      return;
    }
  };
  submitted(queue.start_async(write(7), 7));
  leave_early();
  EXPECT_EQ(queue.counts().in_flight, 0u) << "the loop did not wait";
  finishing.join();
  queue.wait_all();
  EXPECT_EQ(others.all(), (std::multimap<long, Outcome>{{7, Outcome::succeeded}}));
  EXPECT_EQ(queue.counts().idle, 4u);
}

TEST(Run, GoesOnWhenResultsAreNotLookedAt) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  auto range = queue.run(std::views::iota(0L, 50L), write(1));
  long turns = 0;
  for (auto it = range.begin(); it != range.end(); ++it) ++turns;
  EXPECT_EQ(turns, 50);
}

TEST(Run, WaitsForResultsThatOtherThreadsStillHold) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  std::vector<std::thread> holders;
  long seen = 0;
  for (auto result : queue.run(std::views::iota(0L, 100L), write(1))) {
    ++seen;
    holders.emplace_back([&queue, held = std::move(result)]() mutable {
      while (queue.counts().leased == 0) std::this_thread::yield();
      held.release();
    });
  }
  for (std::thread& holder : holders) holder.join();
  EXPECT_EQ(seen, 100);
}

Coroutine await_within_a_loop(ScriptedQueue<long>& queue, ScriptedQueue<long>& other, bool& refused) {
  auto fill = write(1);
  auto range = queue.run(std::views::iota(0L, 10L), write(1));
  auto it = range.begin();
  (void)co_await other.infer(fill, 1L);
  try {
    ++it;
  } catch (const std::logic_error&) {
    refused = true;
  }
}

// After the co_await it is inside a callback, and its results may be waiting for the end of just that.
TEST(Run, OfACoroutineNeverWaitsWhereThatWouldNeverEnd) {
  for (const int here : {0, 1, 2}) {
    ScriptedDevice device(0);
    ScriptedDevice others_device(0);
    ScriptedQueue<long> queue(scripted_requests(&device, 3));
    ScriptedQueue<long> other(scripted_requests(&others_device, 1));
    bool refused = false;
    {
      const std::jthread finishing([&] { device.finish(); });
      await_within_a_loop(queue, other, refused);
    }
    for (int i = 0; i < here; ++i) device.finish();  // their results have come when the loop is left
    others_device.finish();
    EXPECT_TRUE(refused);
    for (int i = here; i < 2; ++i) device.finish();
    queue.wait_all();
    expect_full_capacity(queue, device);
  }
}

TEST(Run, RefusesToIterateInsideACallback) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.set_callback([&](ScriptedResult<long>) {
    auto range = queue.run(std::vector<long>{1}, write(1));
    EXPECT_THROW((void)range.begin(), std::logic_error);
  });
  submitted(queue.start_async(write(1), 1));
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
}

}  // namespace
}  // namespace inflight
