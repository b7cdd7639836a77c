// Futures, coroutines and loops over results.
#include <atomic>
#include <coroutine>
#include <exception>
#include <future>
#include <memory>
#include <numeric>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

// --- futures ---------------------------------------------------------------------------------------------------------

TEST(InferFuture, CarriesCopiesSoThatMoreFuturesThanRequestsMayBeKept) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.set_callback([](ScriptedResult<long>) { FAIL() << "a future's result went to the callback"; });
  using Future = std::future<ScriptedResult<long>::Detached>;
  std::vector<Future> futures;
  for (long item = 0; item < 100; ++item) futures.push_back(queue.infer_future(write(item), item));
  for (long item = 0; item < 100; ++item) {
    auto result = futures[static_cast<std::size_t>(item)].get();
    EXPECT_EQ(result.output(0), output_of(item));
    EXPECT_EQ(result.userdata(), item);
    EXPECT_LE(result.stamps().completed, result.stamps().delivered);
  }
  EXPECT_EQ(queue.counts().idle, 2u);
}

TEST(InferFuture, CarriesAnErrorAsDataWithTheUserdata) {
  ScriptedDevice device(1);
  ScriptedQueue<std::string> queue(scripted_requests(&device, 2));
  auto result = queue.infer_future(throw_in_fill(), "frame 7").get();
  EXPECT_EQ(result.outcome(), Outcome::failed);
  EXPECT_EQ(result.userdata(), "frame 7");
  EXPECT_THROW((void)result.output(0), FillError);
}

TEST(InferFuture, ThrowsWhatASubmissionWouldHaveAnswered) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  auto first = queue.infer_future(write(1));
  auto kept = std::make_unique<int>(2);
  auto second = queue.infer_future(write(2), std::move(kept), std::chrono::milliseconds(1));
  EXPECT_TRUE(kept);
  try {
    (void)second.get();
    FAIL() << "nothing was thrown";
  } catch (const NotAccepted& error) {
    EXPECT_EQ(error.answer(), Submit::timed_out);
  }
  device.finish();
  EXPECT_EQ(first.get().output(0), output_of(1));
}

// --- coroutines ------------------------------------------------------------------------------------------------------

/// A coroutine that starts at once and that nobody waits for.
struct Task {
  struct promise_type {
    Task get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

Task infer_many(ScriptedQueue<long>& queue, long first, long count, Outcomes& outcomes, std::atomic<long>& ended) {
  for (long item = first; item < first + count; ++item) {
    auto fill = [item](ScriptedInputs inputs) {
      if (item % 10 == 3) throw FillError("fill");
      *inputs[0].data = {item, item % 10 == 4 ? Fate::fail_to_infer : Fate::succeed};
    };
    outcomes.add(co_await queue.infer(fill, item));
  }
  ++ended;
}

TEST(InferCoroutine, AwaitsMoreItemsThanThereAreRequests) {
  for (const Order order : {Order::as_completed, Order::as_submitted}) {
    ScriptedDevice device(2);
    ScriptedQueue<long> queue(scripted_requests(&device, 3), {.order = order});
    Outcomes outcomes;
    std::atomic<long> ended = 0;
    for (long c = 0; c < 16; ++c) infer_many(queue, c * 100, 100, outcomes, ended);
    while (ended < 16) std::this_thread::yield();
    queue.wait_all();
    const auto all = outcomes.all();
    ASSERT_EQ(all.size(), 1600u);
    for (const auto& [item, text] : all) {
      ASSERT_EQ(text, item % 10 == 3 ? "fill" : item % 10 == 4 ? "inference" : output_text(item));
    }
    EXPECT_EQ(queue.counts().idle, 3u);
  }
}

TEST(InferCoroutine, DoesNotEatTheStackWhenItemsEndAtOnce) {
  ScriptedQueue<long> queue(scripted_requests(nullptr, 1));  // runs inside start_async
  Outcomes outcomes;
  std::atomic<long> ended = 0;
  infer_many(queue, 0, 100'000, outcomes, ended);
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(outcomes.size(), 100'000u);
}

TEST(InferCoroutine, SharesRequestsFairlyWithThreadsThatWait) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  queue.set_callback([](ScriptedResult<long>) {});
  Outcomes outcomes;
  std::atomic<long> ended = 0;
  for (long c = 0; c < 4; ++c) infer_many(queue, 0, 1000, outcomes, ended);
  for (long item = 0; item < 1000; ++item) ASSERT_EQ(queue.start_async(write(item), item), Submit::accepted);
  while (ended < 4) std::this_thread::yield();
  queue.wait_all();
  EXPECT_EQ(outcomes.size(), 4000u);
}

Task expect_stopped(ScriptedQueue<long>& queue, bool& stopped) {
  auto fill = write(1);
  try {
    (void)co_await queue.infer(fill, 1);
  } catch (const NotAccepted& error) {
    stopped = error.answer() == Submit::stopped;
  }
}

TEST(InferCoroutine, ThatWaitsForARequestHearsOfTheQueuesEnd) {
  ScriptedDevice device(0);
  bool stopped = false;
  std::optional<ScriptedResult<long>> held;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1));
    queue.set_callback([&](ScriptedResult<long> result) { held.emplace(std::move(result)); });
    queue.start_async(write(1), 1);
    device.finish();
    expect_stopped(queue, stopped);
    EXPECT_EQ(queue.counts().waiting_submitters, 1u);
    EXPECT_TRUE(queue.counts().blocked_by_leases());
    EXPECT_FALSE(stopped);
  }
  EXPECT_TRUE(stopped);
}

Task count_owners(ScriptedQueue<std::shared_ptr<int>>& queue, std::shared_ptr<int> owned, long& owners_at_end) {
  {
    auto fill = [owned](ScriptedInputs inputs) { *inputs[0].data = {*owned, Fate::succeed}; };
    auto result = co_await queue.infer(fill, owned);
    EXPECT_EQ(owned.use_count(), 4);  // the test's, this coroutine's, the fill function's, the userdata
  }
  owners_at_end = owned.use_count();
}

TEST(InferCoroutine, DestroysANamedFillFunctionOnce) {  // g++ 12 destroys one made in the co_await expression twice
  ScriptedDevice device(0);
  ScriptedQueue<std::shared_ptr<int>> queue(scripted_requests(&device, 1));
  const auto owned = std::make_shared<int>(5);
  long owners_at_end = 0;
  count_owners(queue, owned, owners_at_end);
  device.finish();
  queue.wait_all();
  EXPECT_EQ(owners_at_end, 2);
  EXPECT_EQ(owned.use_count(), 1);
}

// --- loops -----------------------------------------------------------------------------------------------------------

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

TEST(Run, TakesTemporaryAndMoveOnlyItems) {
  ScriptedDevice device(1);
  ScriptedQueue<std::unique_ptr<long>> queue(scripted_requests(&device, 2));
  auto frames = std::views::iota(0L, 50L) | std::views::transform([](long i) { return std::make_unique<long>(i); });
  const auto fill = [](ScriptedInputs inputs, std::unique_ptr<long>& item) {
    *inputs[0].data = {*item, Fate::succeed};
  };
  long sum = 0;
  for (auto result : queue.run(frames, fill)) sum += *result.output(0).data - output_of(*result.userdata()) + 1;
  EXPECT_EQ(sum, 50);
}

TEST(Run, OfNothingGivesNothing) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  for (auto result : queue.run(std::vector<long>{}, write(1))) FAIL() << result.userdata();
}

TEST(Run, LeftEarlyCancelsAndWaitsForWhatIsInFlight) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 4));
  int seen = 0;
  for (auto result : queue.run(std::views::iota(0L, 1000L), write(1))) {
    if (++seen == 3) break;
  }
  EXPECT_EQ(seen, 3);
  queue.wait_all();
  EXPECT_EQ(queue.counts().idle, 4u);
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

TEST(Run, RefusesToIterateInsideACallback) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.set_callback([&](ScriptedResult<long>) {
    auto range = queue.run(std::vector<long>{1}, write(1));
    EXPECT_THROW((void)range.begin(), std::logic_error);
  });
  queue.start_async(write(1), 1);
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
}

}  // namespace
}  // namespace inflight
