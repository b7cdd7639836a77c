// On OpenVINO itself: coroutines, executors, loops that are left, waits that end, and what is no exception.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <ranges>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "awaiting.hpp"
#include "queue_on.hpp"
#include "scripted_op.hpp"

namespace inflight {
namespace {

class QueueTakersOn : public QueueOn {};

INSTANTIATE_TEST_SUITE_P(OpenVino, QueueTakersOn, testing::ValuesIn(targets()), name_of);

Coroutine await_items(AsyncInferQueue<long>& queue, long items, std::atomic<long>& right, std::atomic<int>& ended) {
  for (long item = 0; item < items; ++item) {
    const bool fails = item % 10 == 3;
    auto fill = write(item, fails ? ScriptedOp::fail : ScriptedOp::answer);
    const auto result = co_await queue.infer(fill, item);
    right += fails ? result.outcome() == Outcome::failed : answer_of(result) == expected_answer(item);
  }
  ++ended;
}

TEST_P(QueueTakersOn, AwaitsInCoroutinesThatAreMoreThanRequests) {
  AsyncInferQueue<long> queue(compile(), {.requests = 2});
  std::atomic<long> right = 0;
  std::atomic<int> ended = 0;
  for (int coroutine = 0; coroutine < 6; ++coroutine) await_items(queue, 50, right, ended);
  while (ended < 6) std::this_thread::yield();
  queue.wait_all();
  EXPECT_EQ(right, 300);
  EXPECT_EQ(queue.counts().idle, 2U);
}

TEST_P(QueueTakersOn, DeliversOnAnExecutorInTheOrderOfSubmission) {
  std::mutex mutex;
  std::condition_variable_any added;
  std::vector<std::function<void()>> tasks;
  const std::jthread executor([&](const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (added.wait(lock, stop, [&] { return !tasks.empty(); })) {
      const auto now = std::exchange(tasks, {});
      lock.unlock();
      for (const auto& task : now) task();
      lock.lock();
    }
  });
  AsyncInferQueue<long> queue(compile(), {.order = Order::as_submitted});
  queue.deliver_on([&](std::function<void()> task) {
    const std::lock_guard lock(mutex);
    tasks.push_back(std::move(task));
    added.notify_one();
  });
  std::vector<long> order;
  bool elsewhere = false;
  queue.set_callback([&](Result<long> result) {
    elsewhere |= std::this_thread::get_id() != executor.get_id();
    order.push_back(result.userdata());
  });
  std::vector<long> expected;
  for (long item = 0; item < 100; ++item) {
    submitted(queue.start_async(write(item, item % 5 == 1 ? ScriptedOp::fail : ScriptedOp::answer), item));
    expected.push_back(item);
  }
  queue.wait_all();
  EXPECT_EQ(order, expected);
  EXPECT_FALSE(elsewhere);
}

TEST_P(QueueTakersOn, ALoopThatIsLeftEarlyLeavesAWholeQueue) {
  AsyncInferQueue<long> queue(compile(), {.requests = 3});
  const auto fill = [](Inputs inputs, long item) { write(item)(inputs); };
  for (int round = 0; round < 20; ++round) {
    long left_at = 0;
    for (auto result : queue.run(std::views::iota(1L, 1000L), fill)) {
      EXPECT_EQ(answer_of(result), expected_answer(result.userdata()));
      left_at = result.userdata();
      break;
    }
    EXPECT_GT(left_at, 0);
    EXPECT_EQ(queue.counts().idle, 3U);
  }
}

TEST_P(QueueTakersOn, EndsItsWaitAtADeadlineOrWhenItIsStopped) {
  if (runs_inline()) GTEST_SKIP() << "start_async itself would wait for the gate";
  const auto gate = std::make_shared<Gate>();
  AsyncInferQueue<long> queue(compile(gate), {.requests = 1});
  std::atomic<int> succeeded = 0;
  queue.set_callback([&](const Result<long>& result) { succeeded += result.ok(); });
  submitted(queue.start_async(write(1, ScriptedOp::wait_for_gate), 1));
  EXPECT_EQ(queue.start_async(write(2), 2, std::chrono::milliseconds(1)), Submit::timed_out);
  std::stop_source stop;
  {
    const std::jthread stopping([&] {
      while (queue.counts().waiting_submitters == 0) std::this_thread::yield();
      stop.request_stop();
    });
    EXPECT_EQ(queue.start_async(write(3), 3, stop.get_token()), Submit::stopped);
  }
  gate->open();
  queue.wait_all();
  EXPECT_EQ(succeeded, 1);
}

TEST_P(QueueTakersOn, AnItemThatCannotBeStartedHasItsErrorAndLeavesTheQueueWhole) {
  AsyncInferQueue<long> queue(compile(), {.requests = 2});
  const auto submitter = std::this_thread::get_id();
  std::atomic<int> failed = 0;
  std::atomic<int> succeeded = 0;
  queue.set_callback([&](const Result<long>& result) {
    if (result.ok()) ++succeeded;
    if (result.outcome() != Outcome::failed) return;
    ++failed;
    EXPECT_EQ(std::this_thread::get_id(), submitter);
    EXPECT_THROW(std::rethrow_exception(result.error()), ov::Exception);
  });
  int filled = 0;
  const auto misshape = [&](Inputs inputs) {
    inputs.lend(0, ov::Tensor(ov::element::f32, {1, 2}));
    ov::Tensor lent = inputs[0];
    lent.set_shape({0, 2});
    ++filled;
  };
  for (long item = 0; item < 6; ++item) submitted(queue.start_async(misshape, item));
  queue.wait_all();
  EXPECT_EQ(filled, 6);
  EXPECT_EQ(failed, 6);
  for (long item = 0; item < 6; ++item) submitted(queue.start_async(write(item), item));
  queue.wait_all();
  EXPECT_EQ(succeeded, 6);
}

// docs/queue.md: what to do when a node never returns.
TEST(QueueOnOpenVino, GoesOnWithAModelCompiledAnewWhileAllStreamsAreStuck) {
  const auto gate = std::make_shared<Gate>();
  ov::Core core;
  core.add_extension<ScriptedOp>();
  auto compiled = core.compile_model(scripted_model(gate), "CPU", ov::num_streams(1));
  const QueueOptions options{.requests = 2, .shutdown_grace = std::chrono::milliseconds(1)};
  std::atomic<int> timed_out = 0;
  std::atomic<int> succeeded = 0;
  const auto callback = [&](const Result<long>& result) {
    timed_out += result.outcome() == Outcome::timed_out;
    succeeded += result.ok();
  };
  auto queue = std::make_unique<AsyncInferQueue<long>>(compiled, options);
  queue->set_callback(callback);
  submitted(queue->start_async(write(1, ScriptedOp::wait_for_gate), 1));
  gate->wait_until_reached();

  std::stringstream model;
  compiled.export_model(model);
  ov::CompiledModel fresh = core.import_model(model, "CPU", ov::num_streams(1));
  queue = std::make_unique<AsyncInferQueue<long>>(fresh, options);
  EXPECT_EQ(timed_out, 1);
  queue->set_callback(callback);
  for (long item = 0; item < 10; ++item) submitted(queue->start_async(write(item), item));
  queue->wait_all();
  EXPECT_EQ(succeeded, 10);
  gate->open();
  compiled = {};
  while (gate.use_count() > 1) std::this_thread::yield();  // the stuck request's model is gone as well
}

// OpenVINO wraps an operation's std::exception, but hands to the callback as it is what is none.
TEST_P(QueueTakersOn, PassesOnWhatIsNoException) {
  AsyncInferQueue<long> queue(compile(), {.requests = 2});
  std::atomic<int> failed = 0;
  std::atomic<int> numbers = 0;
  queue.set_callback([&](const Result<long>& result) {
    failed += result.outcome() == Outcome::failed;
    try {
      (void)result.output(0);
    } catch (int number) {
      numbers += number == 17;
    } catch (const std::exception&) {
    }
  });
  for (long item = 0; item < 6; ++item) submitted(queue.start_async(write(item, ScriptedOp::throw_a_number), item));
  queue.wait_all();
  EXPECT_EQ(failed, 6);
  EXPECT_EQ(numbers, 6);
  const auto result = queue.infer_future(write(7, ScriptedOp::throw_a_number), 7).get();
  EXPECT_EQ(result.outcome(), Outcome::failed);
  EXPECT_EQ(message_of(result.error()), "no std::exception");
}

}  // namespace
}  // namespace inflight
