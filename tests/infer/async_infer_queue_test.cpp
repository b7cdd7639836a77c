// What a submission answers, when it waits, and what may be done inside a callback.
#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(AsyncInferQueue, AnswersFullAndLeavesTheUserdataAlone) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  ASSERT_EQ(queue.start_async(write(1), std::make_unique<int>(1)), Submit::accepted);
  auto kept = std::make_unique<int>(2);
  bool filled = false;
  EXPECT_EQ(queue.try_start_async([&](ScriptedInputs) { filled = true; }, std::move(kept)), Submit::full);
  EXPECT_TRUE(kept);
  EXPECT_FALSE(filled);
  device.finish();
  EXPECT_EQ(queue.try_start_async(write(2), std::move(kept)), Submit::accepted);
  EXPECT_FALSE(kept);
  device.finish();
}

TEST(AsyncInferQueue, EndsItsWaitOnAStopTokenAndLeavesTheUserdataAlone) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  ASSERT_EQ(queue.start_async(write(1), std::make_unique<int>(1)), Submit::accepted);
  std::stop_source stop;
  auto kept = std::make_unique<int>(2);
  std::optional<Submit> answer;
  std::thread submitter([&] { answer = queue.start_async(write(2), std::move(kept), stop.get_token()); });
  while (queue.counts().waiting_submitters == 0) std::this_thread::yield();
  stop.request_stop();
  submitter.join();
  EXPECT_EQ(answer, Submit::stopped);
  EXPECT_TRUE(kept);
  device.finish();
  queue.wait_all();
  expect_full_capacity(queue, device);
}

// Open Model Zoo's pipeline answers -1, and the caller polls.
TEST(AsyncInferQueue, WaitsForARequestWhenAllAreBusy) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) { outcomes.add(result); });
  submitted(queue.start_async(write(1), 1));
  std::thread submitter([&] { EXPECT_EQ(queue.start_async(write(2), 2), Submit::accepted); });
  while (queue.counts().waiting_submitters == 0) std::this_thread::yield();
  device.finish();
  submitter.join();
  device.finish();
  queue.wait_all();
  EXPECT_EQ(outcomes.size(), 2u);
}

TEST(AsyncInferQueue, AnswersWouldDeadlockInItsOwnCallback) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  std::optional<Submit> answer;
  queue.set_callback([&](ScriptedResult<std::unique_ptr<int>>) {
    auto kept = std::make_unique<int>(2);
    answer = queue.start_async(write(2), std::move(kept));
    EXPECT_TRUE(kept);
  });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_EQ(answer, Submit::would_deadlock);
  queue.wait_all();
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(AsyncInferQueue, AnswersWouldDeadlockInAnotherQueuesCallback) {
  ScriptedDevice device(0);
  ScriptedQueue<> full(scripted_requests(&device, 1));
  ScriptedQueue<long> other(scripted_requests(&device, 1));
  submitted(full.start_async(write(1)));
  std::optional<Submit> answer;
  other.set_callback([&](ScriptedResult<long>) { answer = full.start_async(write(2)); });
  submitted(other.start_async(write(1)));
  device.finish(1);
  EXPECT_EQ(answer, Submit::would_deadlock);
  device.finish();
}

TEST(AsyncInferQueue, IsStillInItsCallbackAfterAFillFunctionInIt) {
  ScriptedDevice device(0);
  ScriptedQueue<> full(scripted_requests(&device, 1));
  ScriptedQueue<> queue(scripted_requests(&device, 2));
  submitted(full.start_async(write(1)));
  std::optional<Submit> answer;
  queue.set_callback([&](ScriptedResult<>) {
    if (answer) return;
    submitted(queue.start_async(write(2)));
    answer = full.start_async(write(3));
  });
  submitted(queue.start_async(write(1)));
  device.finish(1);
  EXPECT_EQ(answer, Submit::would_deadlock);
  device.finish();
  device.finish();
}

TEST(AsyncInferQueue, StartsFromACallbackWhenARequestIsIdle) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) {
    outcomes.add(result);
    const long next = result.userdata() + 1;
    if (next < 1000) {
      EXPECT_EQ(queue.start_async(write(next), next), Submit::accepted);
    }
  });
  submitted(queue.start_async(write(0), 0));
  queue.wait_all();
  EXPECT_EQ(outcomes.size(), 1000u);
}

TEST(AsyncInferQueue, RestartsTheRequestOfAReleasedResultFromItsCallback) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  std::atomic<long> delivered = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    const long next = result.userdata() + 1;
    result.release();
    if (++delivered < 1000) {
      EXPECT_EQ(queue.start_async(write(next), next), Submit::accepted);
    }
  });
  submitted(queue.start_async(write(0), 0));
  queue.wait_all();
  EXPECT_EQ(delivered, 1000);
}

TEST(AsyncInferQueue, NeverCallsBackInsideACallbackOfTheSameQueue) {
  ScriptedQueue<long> queue(scripted_requests(nullptr, 2));  // runs inside start_async
  long delivered = 0;
  int depth = 0;
  int deepest = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    deepest = std::max(deepest, ++depth);
    const long next = result.userdata() + 1;
    result.release();
    if (++delivered < 1'000'000) {  // a stack that grew with each would end here
      if (next % 2 == 0) {
        submitted(queue.start_async(throw_in_fill(), next));
      } else {
        submitted(queue.start_async(write(next), next));
      }
    }
    --depth;
  });
  submitted(queue.start_async(throw_in_fill(), 0));
  queue.wait_all();
  EXPECT_EQ(delivered, 1'000'000);
  EXPECT_EQ(deepest, 1);
  EXPECT_EQ(queue.counts().idle, 2u);
}

TEST(AsyncInferQueue, DeliversAllThatACallbackSubmitsAndThatEndsAtOnce) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 16));
  std::vector<long> delivered;
  queue.set_callback([&](ScriptedResult<long> result) {
    const long item = result.userdata();
    for (long next = 10 * item + 1; item < 10 && next <= 10 * item + 3; ++next) {
      submitted(queue.start_async(throw_in_fill(), next));
    }
    delivered.push_back(item);
  });
  submitted(queue.start_async(throw_in_fill(), 0));
  queue.wait_all();
  EXPECT_EQ(delivered, (std::vector<long>{0, 1, 2, 3, 11, 12, 13, 21, 22, 23, 31, 32, 33}));
  EXPECT_EQ(queue.counts().idle, 16u);
}

TEST(AsyncInferQueue, NeverCallsBackInsideItsCallbackByWayOfAnotherQueue) {
  ScriptedQueue<long> one(scripted_requests(nullptr, 2));  // runs inside start_async
  ScriptedQueue<long> other(scripted_requests(nullptr, 2));
  int depth = 0;
  int deepest = 0;
  long delivered = 0;
  one.set_callback([&](ScriptedResult<long>) {
    deepest = std::max(deepest, ++depth);
    if (++delivered < 1000) {
      EXPECT_EQ(other.start_async(write(1), delivered), Submit::accepted);
    }
    --depth;
  });
  other.set_callback(
      [&](ScriptedResult<long> result) { EXPECT_EQ(one.start_async(write(1), result.userdata()), Submit::accepted); });
  submitted(one.start_async(write(1), 0));
  one.wait_all();
  EXPECT_EQ(delivered, 1000);
  EXPECT_EQ(deepest, 1);
}

TEST(AsyncInferQueue, RefusesToWaitForItselfInACallback) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  queue.set_callback([&](ScriptedResult<>) { EXPECT_THROW(queue.wait_all(), std::logic_error); });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
}

TEST(AsyncInferQueue, RefusesToChangeTheCallbackWhileItemsAreInFlight) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) { outcomes.add(result); });
  submitted(queue.start_async(write(1), 1));
  EXPECT_THROW(queue.set_callback(nullptr), std::logic_error);
  EXPECT_THROW(queue.set_error_handler(nullptr), std::logic_error);
  device.finish();
  queue.wait_all();
  EXPECT_EQ(outcomes.size(), 1u);
  EXPECT_NO_THROW(queue.set_callback(nullptr));
}

// openvino#36304: a request is idle before its callback begins, and may run again while that is still at work.
TEST(AsyncInferQueue, DeliversTheNextItemOfARequestWhoseCallbackHasNotReturned) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  std::atomic<bool> second_was_delivered = false;
  std::atomic<int> delivered = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    const long item = result.userdata();
    EXPECT_EQ(*result.output(0).data, output_of(item));
    result.release();
    if (item == 2) second_was_delivered = true;
    while (!second_was_delivered) std::this_thread::yield();
    ++delivered;
  });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  queue.wait_all();
  EXPECT_EQ(delivered, 2);
}

TEST(AsyncInferQueue, RefusesToBeMadeOfNoRequests) {
  EXPECT_THROW(ScriptedQueue<>(std::vector<ScriptedRequest>{}), std::invalid_argument);
}

// Each count needs the queue's lock. Python's AsyncInferQueue and model_api's hold theirs while they wait for a
// request.
TEST(AsyncInferQueue, CountsSumUpToTheCapacityAtEveryStep) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 3));
  const auto expect_counts = [&](std::size_t idle, std::size_t in_flight, std::size_t leased) {
    const QueueCounts counts = queue.counts();
    EXPECT_EQ(counts.idle, idle);
    EXPECT_EQ(counts.in_flight, in_flight);
    EXPECT_EQ(counts.leased, leased);
    EXPECT_EQ(idle + in_flight + leased, queue.capacity());
  };
  std::vector<ScriptedResult<>> kept;
  std::size_t idle_in_callback = 1;
  queue.set_callback([&](ScriptedResult<> result) {
    expect_counts(idle_in_callback, 2 - idle_in_callback, 1);
    kept.push_back(std::move(result));
  });
  expect_counts(3, 0, 0);
  submitted(queue.start_async([&](ScriptedInputs) { expect_counts(2, 1, 0); }));
  submitted(queue.start_async(write(2)));
  expect_counts(1, 2, 0);
  device.finish();
  expect_counts(1, 1, 1);
  kept.clear();
  expect_counts(2, 1, 0);
  submitted(queue.start_async(throw_in_fill()));  // delivered at once, while item 2 is in flight
  expect_counts(1, 1, 1);
  kept.clear();
  idle_in_callback = 2;
  device.finish();
  expect_counts(2, 0, 1);
  kept.clear();
  expect_counts(3, 0, 0);
}

}  // namespace
}  // namespace inflight
