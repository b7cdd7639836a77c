// Going on with the request in hand.
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(Restart, GoesOnInsideACallbackWhenEveryRequestIsBusy) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) {
    outcomes.add(result);
    const long next = result.userdata() + 2;
    if (next < 2000) {
      ASSERT_EQ(queue.restart(std::move(result), write(next), next), Submit::accepted);
    }
  });
  submitted(queue.start_async(write(0), 0));
  submitted(queue.start_async(write(1), 1));
  queue.wait_all();
  const auto all = outcomes.all();
  ASSERT_EQ(all.size(), 2000u);
  for (const auto& [item, text] : all) ASSERT_EQ(text, output_text(item));
  EXPECT_EQ(queue.counts().idle, 2u);
}

TEST(Restart, DoesNotRecurseWhenFillOrStartFailsAMillionTimes) {
  ScriptedQueue<long> queue(scripted_requests(nullptr, 1));  // runs inside start_async
  long delivered = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    const long next = ++delivered;
    if (next >= 1'000'000) return;
    if (next % 3 == 0) {
      ASSERT_EQ(queue.restart(std::move(result), throw_in_fill(), next), Submit::accepted);
    } else {
      ASSERT_EQ(
          queue.restart(std::move(result), write(next, next % 3 == 1 ? Fate::succeed : Fate::fail_to_start), next),
          Submit::accepted);
    }
  });
  submitted(queue.start_async(throw_in_fill(), 0));
  queue.wait_all();
  EXPECT_EQ(delivered, 1'000'000);
}

TEST(Restart, WorksOutsideACallbackAndEmptiesTheResult) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<long>> queue(scripted_requests(&device, 1));
  std::optional<ScriptedResult<std::unique_ptr<long>>> kept;
  queue.set_callback([&](ScriptedResult<std::unique_ptr<long>> result) { kept.emplace(std::move(result)); });
  submitted(queue.start_async(write(1), std::make_unique<long>(1)));
  device.finish();
  ScriptedResult<std::unique_ptr<long>> result = std::move(*kept);
  // The userdata goes from the old item to the new one.
  EXPECT_EQ(queue.restart(std::move(result), write(2), std::move(result.userdata())), Submit::accepted);
  EXPECT_THROW((void)result.ok(), std::logic_error);
  EXPECT_EQ(queue.counts().in_flight, 1u);
  device.finish();
  EXPECT_EQ(*kept->output(0).data, output_of(2));
  EXPECT_EQ(*kept->userdata(), 1);
  EXPECT_TRUE(kept->ok());
}

TEST(Restart, RefusesAReleasedResultAndAnotherQueuesResult) {
  ScriptedDevice device(0);
  ScriptedQueue<> one(scripted_requests(&device, 1));
  ScriptedQueue<> other(scripted_requests(&device, 1));
  one.set_callback([&](ScriptedResult<> result) {
    EXPECT_THROW(submitted(other.restart(std::move(result), write(2))), std::invalid_argument);
    EXPECT_TRUE(result.ok());
    result.release();
    EXPECT_THROW(submitted(one.restart(std::move(result), write(2))), std::logic_error);
  });
  submitted(one.start_async(write(1)));
  device.finish();
  one.wait_all();
  EXPECT_EQ(one.counts().idle, 1u);
  EXPECT_EQ(other.counts().idle, 1u);
}

TEST(Restart, AnswersStoppedAtTheQueuesEndAndLeavesTheResultAlone) {
  ScriptedDevice device(1);
  std::atomic<long> delivered = 0;
  std::optional<Submit> last;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1));
    queue.set_callback([&](ScriptedResult<long> result) {
      ++delivered;
      const long next = result.userdata() + 1;
      last = queue.restart(std::move(result), write(next), next);
      if (last != Submit::accepted) {
        EXPECT_EQ(result.userdata(), next - 1);
      }
    });
    submitted(queue.start_async(write(0), 0));
    while (delivered < 100) std::this_thread::yield();
  }
  EXPECT_EQ(last, Submit::stopped);
}

TEST(Restart, LeavesTheUserdataAloneWhenItIsRefused) {
  ScriptedDevice device(0);
  auto kept = std::make_unique<int>(7);
  std::optional<Submit> answer;
  std::thread finishing;
  {
    ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
    queue.set_callback([&](ScriptedResult<std::unique_ptr<int>> result) {
      answer = queue.restart(std::move(result), write(2), std::move(kept));
      EXPECT_EQ(queue.restart(std::move(result), write(3), std::move(result.userdata())), answer);
      ASSERT_TRUE(result.userdata());
      EXPECT_EQ(*result.userdata(), 1);
    });
    submitted(queue.start_async(write(1), std::make_unique<int>(1)));
    finishing = std::thread([&] {
      device.wait_until_cancelled(1);  // by the destructor
      device.finish();
    });
  }
  finishing.join();
  EXPECT_EQ(answer, Submit::stopped);
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, 7);
}

TEST(Restart, TakesItsPlaceAtTheEndOfTheOrder) {
  ScriptedDevice device(0);
  // More requests than items, or the old place and the new one are the same of the ring.
  ScriptedQueue<long> queue(scripted_requests(&device, 3), {.order = Order::as_submitted});
  std::vector<long> order;
  queue.set_callback([&](ScriptedResult<long> result) {
    order.push_back(result.userdata());
    if (order.size() == 1) {
      ASSERT_EQ(queue.restart(std::move(result), write(9), 9), Submit::accepted);
    }
  });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  device.finish(0);
  device.finish(1);  // 9, before 2
  EXPECT_EQ(queue.counts().waiting_for_order, 1u);
  device.finish(0);
  queue.wait_all();
  EXPECT_EQ(order, (std::vector<long>{1, 2, 9}));
}

}  // namespace
}  // namespace inflight
