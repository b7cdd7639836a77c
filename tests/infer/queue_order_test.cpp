// Delivery in the order of submission, and delivery on an executor.
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

constexpr QueueOptions ordered{.order = Order::as_submitted};

TEST(OrderedQueue, DeliversInTheOrderOfSubmissionWhateverFinishesFirst) {
  ScriptedDevice device(3);
  ScriptedQueue<long> queue(scripted_requests(&device, 8), ordered);
  std::vector<long> order;  // no lock: one callback at a time
  std::size_t failed = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    order.push_back(result.userdata());
    failed += !result.ok();
    if (result.userdata() % 7 == 0) throw std::runtime_error("callback");
  });
  queue.set_error_handler([](const std::exception_ptr&) {});
  for (long item = 0; item < 10'000; ++item) {
    if (item % 5 == 1) {
      submitted(queue.start_async(throw_in_fill(), item));
    } else {
      submitted(queue.start_async(write(item, item % 5 == 2 ? Fate::fail_to_infer : Fate::succeed), item));
    }
  }
  queue.wait_all();
  std::vector<long> expected(10'000);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
  EXPECT_EQ(failed, 4000u);
  EXPECT_EQ(queue.counts().idle, 8u);
}

TEST(OrderedQueue, AResultThatWaitsForItsTurnKeepsItsRequest) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 3), ordered);
  std::vector<long> order;
  queue.set_callback([&](ScriptedResult<long> result) { order.push_back(result.userdata()); });
  for (long item = 0; item < 3; ++item) submitted(queue.start_async(write(item), item));
  device.finish(2);
  device.finish(1);
  EXPECT_EQ(queue.counts().waiting_for_order, 2u);
  EXPECT_EQ(queue.counts().in_flight, 1u);
  EXPECT_EQ(queue.try_start_async(write(3), 3), Submit::full);
  EXPECT_TRUE(order.empty());
  device.finish(0);
  EXPECT_EQ(order, (std::vector<long>{0, 1, 2}));
  EXPECT_EQ(queue.counts().idle, 3u);
}

struct CopyThrows {
  explicit CopyThrows(long v) : value(v) {}
  CopyThrows(const CopyThrows& other) : value(other.value) {
    if (value == 13) throw std::range_error("copy");
  }
  CopyThrows(CopyThrows&&) noexcept = default;
  long value;
};

TEST(OrderedQueue, AnItemWhoseUserdataCannotBeCopiedLeavesNoGap) {
  for (const Order order : {Order::as_completed, Order::as_submitted}) {
    ScriptedDevice device(0);
    ScriptedQueue<CopyThrows> queue(scripted_requests(&device, 3), {.order = order});
    std::vector<long> delivered;
    queue.set_callback([&](ScriptedResult<CopyThrows> result) { delivered.push_back(result.userdata().value); });
    const CopyThrows good(1);
    const CopyThrows bad(13);
    submitted(queue.start_async(write(1), good));
    EXPECT_THROW(submitted(queue.start_async(write(2), bad)), std::range_error);
    submitted(queue.start_async(write(3), CopyThrows(3)));
    device.finish();
    device.finish();
    queue.wait_all();
    EXPECT_EQ(delivered, (std::vector<long>{1, 3}));
    EXPECT_EQ(queue.counts().idle, 3u);
  }
}

/// Keeps tasks until the test runs them.
struct ManualExecutor {
  std::vector<std::function<void()>> tasks;
  void run_all() {
    for (const auto& task : std::exchange(tasks, {})) task();
  }
};

TEST(DeliverOn, HandsResultsToTheExecutor) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  ManualExecutor executor;
  queue.deliver_on([&](std::function<void()> task) { executor.tasks.push_back(std::move(task)); });
  std::vector<long> delivered;
  queue.set_callback([&](ScriptedResult<long> result) { delivered.push_back(result.userdata()); });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(throw_in_fill(), 2));
  device.finish();
  EXPECT_TRUE(delivered.empty());
  EXPECT_EQ(queue.counts().in_flight, 2u);
  EXPECT_THROW(queue.deliver_on(nullptr), std::logic_error);
  executor.run_all();
  EXPECT_EQ(delivered, (std::vector<long>{2, 1}));
  queue.wait_all();
}

TEST(DeliverOn, KeepsTheOrderWithOneTaskAtATime) {
  ScriptedDevice device(2);
  std::mutex mutex;
  std::vector<std::thread> threads;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 4), ordered);
    queue.deliver_on([&](std::function<void()> task) {
      const std::lock_guard lock(mutex);
      threads.emplace_back(std::move(task));
    });
    std::vector<long> order;  // no lock: the thread sanitizer watches
    queue.set_callback([&](ScriptedResult<long> result) { order.push_back(result.userdata()); });
    for (long item = 0; item < 500; ++item) submitted(queue.start_async(write(item), item));
    queue.wait_all();
    ASSERT_EQ(order.size(), 500u);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(DeliverOn, DeliversWhereTheItemEndedWhenTheExecutorThrows) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  queue.deliver_on([](const std::function<void()>&) { throw std::runtime_error("no more threads"); });
  int delivered = 0;
  queue.set_callback([&](ScriptedResult<long>) { ++delivered; });
  std::string heard;
  queue.set_error_handler([&](const std::exception_ptr& error) { heard = message_of(error); });
  submitted(queue.start_async(write(1), 1));
  device.finish();
  EXPECT_EQ(delivered, 1);
  EXPECT_EQ(heard, "no more threads");
  queue.wait_all();
}

TEST(DeliverOn, DeliversOnceWhateverTheExecutorDoesWithItsTask) {
  for (const Order order : {Order::as_completed, Order::as_submitted}) {
    ScriptedDevice device(0);
    ScriptedQueue<long> queue(scripted_requests(&device, 1), {.order = order});
    std::vector<std::function<void()>> kept;
    std::vector<long> delivered;
    queue.deliver_on([&](const std::function<void()>& task) {
      for (const auto& old : kept) old();  // the request has another item by now
      EXPECT_EQ(delivered.size(), kept.size());
      kept.push_back(task);
      if (kept.size() != 2) task();
      if (kept.size() != 3) throw std::runtime_error("after all");
      task();
    });
    int heard = 0;
    queue.set_callback([&](const ScriptedResult<long>& result) { delivered.push_back(result.userdata()); });
    queue.set_error_handler([&](const std::exception_ptr&) { ++heard; });
    for (long item = 1; item <= 5; ++item) {
      submitted(queue.start_async(write(item), item));
      device.finish();
    }
    queue.wait_all();
    EXPECT_EQ(delivered, (std::vector<long>{1, 2, 3, 4, 5}));
    EXPECT_EQ(heard, 4);  // all but the third
    EXPECT_EQ(queue.counts().idle, 1u);
  }
}

TEST(DeliverOn, WaitsForAnExecutorThatReturnsAfterItsTask) {
  for (int round = 0; round < 20; ++round) {
    ScriptedDevice device(1);
    const auto returned = std::make_shared<std::atomic<int>>(0);
    {
      ScriptedQueue<long> queue(scripted_requests(&device, 1));
      queue.deliver_on([returned, owned = std::make_shared<int>(1)](const std::function<void()>& task) {
        const std::weak_ptr<int> mine = owned;
        const std::shared_ptr<std::atomic<int>> ended = returned;
        std::thread(task).join();
        for (int i = 0; i < 100; ++i) std::this_thread::yield();  // a queue that did not wait would be gone by then
        *ended += !mine.expired();
      });
      submitted(queue.start_async(write(1), 1));
      if (round % 2 == 0) {
        queue.wait_all();
        ASSERT_EQ(*returned, 1);
      }
    }
    ASSERT_EQ(*returned, 1);
  }
}

TEST(DeliverOn, NothingWaitsInTheExecutorNorInTheHandlerOfItsErrors) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  ScriptedQueue<> full(scripted_requests(&device, 1));
  submitted(full.start_async(write(1)));
  std::vector<Submit> answers;
  queue.deliver_on([&](const std::function<void()>&) {
    answers.push_back(full.start_async(write(2)));
    queue.wait_all();
  });
  std::string heard;
  queue.set_error_handler([&](const std::exception_ptr& error) {
    heard = message_of(error);
    answers.push_back(full.start_async(write(2)));
  });
  submitted(queue.start_async(write(1)));
  device.finish(1);
  EXPECT_EQ(answers, (std::vector<Submit>{Submit::would_deadlock, Submit::would_deadlock}));
  EXPECT_NE(heard.find("wait_all inside"), std::string::npos) << heard;
  device.finish();
}

TEST(DeliverOn, NeverEntersACallbackTwiceAlsoOnAnExecutorThatRunsAtOnce) {
  ScriptedQueue<long> queue(scripted_requests(nullptr, 2));
  queue.deliver_on([](const std::function<void()>& task) { task(); });
  int depth = 0;
  int deepest = 0;
  long delivered = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    deepest = std::max(deepest, ++depth);
    if (++delivered < 1000) {
      ASSERT_EQ(queue.start_async(write(delivered), delivered), Submit::accepted);
    }
    --depth;
    (void)result;
  });
  submitted(queue.start_async(write(0), 0));
  queue.wait_all();
  EXPECT_EQ(delivered, 1000);
  EXPECT_EQ(deepest, 1);
}

}  // namespace
}  // namespace inflight
