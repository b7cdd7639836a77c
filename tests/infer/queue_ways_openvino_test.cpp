// On OpenVINO itself: order, the ways to take a result, restarts, cancelling, lent memory, and stuck streams.
#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <openvino/runtime/exception.hpp>

#include "queue_on.hpp"
#include "scripted_op.hpp"

namespace inflight {
namespace {

class QueueWaysOn : public QueueOn {};

INSTANTIATE_TEST_SUITE_P(OpenVino, QueueWaysOn, testing::ValuesIn(targets()), name_of);

TEST_P(QueueWaysOn, DeliversInTheOrderOfSubmission) {
  AsyncInferQueue<long> queue(compile(), {.order = Order::as_submitted});
  std::vector<long> order;
  queue.set_callback([&](Result<long> result) {
    EXPECT_EQ(result.ok(), result.userdata() % 5 != 1);
    order.push_back(result.userdata());
  });
  for (long item = 0; item < 500; ++item) {
    submitted(queue.start_async(write(item, item % 5 == 1 ? ScriptedOp::fail : ScriptedOp::answer), item));
  }
  queue.wait_all();
  std::vector<long> expected(500);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
}

TEST_P(QueueWaysOn, RestartsFromItsCallback) {
  AsyncInferQueue<long> queue(compile(), {.requests = 2});
  std::atomic<long> right = 0;
  queue.set_callback([&](Result<long> result) {
    const long item = result.userdata();
    right += answer_of(result) == expected_answer(item);
    if (item + 2 < 1000) {
      EXPECT_EQ(queue.restart(std::move(result), write(item + 2), item + 2), Submit::accepted);
    }
  });
  submitted(queue.start_async(write(0), 0));
  submitted(queue.start_async(write(1), 1));
  queue.wait_all();
  EXPECT_EQ(right, 1000);
}

TEST_P(QueueWaysOn, GivesFuturesAndLoopsTheirResults) {
  AsyncInferQueue<long> queue(compile());
  std::vector<std::future<DetachedResult<long>>> futures;
  for (long item = 0; item < 50; ++item) futures.push_back(queue.infer_future(write(item), item));
  for (auto& future : futures) {
    auto result = future.get();
    EXPECT_EQ(std::lround(result.output(0).data<const float>()[0]), expected_answer(result.userdata()));
  }
  const auto fill = [](Inputs inputs, long item) { write(item)(inputs); };
  long sum = 0;
  for (auto result : queue.run(std::vector<long>{1, 2, 3, 4, 5}, fill)) sum += answer_of(result);
  EXPECT_EQ(sum, 3 * 15 + 5);
}

TEST_P(QueueWaysOn, LendsMemoryForOneItem) {
  AsyncInferQueue<long> queue(compile(), {.requests = 1});
  std::vector<long> answers;
  queue.set_callback([&](Result<long> result) { answers.push_back(answer_of(result)); });
  std::vector<float> memory{7, 0};
  submitted(queue.start_async(
      [&](Inputs inputs) { inputs.lend(0, ov::Tensor(ov::element::f32, {1, 2}, memory.data())); }, 1));
  queue.wait_all();
  submitted(queue.start_async(write(8), 2));
  queue.wait_all();
  EXPECT_EQ(answers, (std::vector<long>{expected_answer(7), expected_answer(8)}));
  EXPECT_EQ(memory[0], 7);  // the second item was not written into it
}

TEST_P(QueueWaysOn, CancelsAndGoesOnAtFullCapacity) {
  if (runs_inline()) GTEST_SKIP() << "start_async itself would wait for the gate";
  const auto gate = std::make_shared<Gate>();
  AsyncInferQueue<long> queue(compile(gate), {.requests = 4});
  std::atomic<int> ended = 0;
  std::atomic<int> cancelled = 0;
  std::atomic<int> wrong = 0;
  queue.set_callback([&](Result<long> result) {
    ++ended;
    if (result.outcome() == Outcome::cancelled) {
      ++cancelled;
      EXPECT_THROW(std::rethrow_exception(result.error()), ov::Cancelled);
    } else {
      wrong += !result.ok();
    }
  });
  for (long item = 0; item < 4; ++item) submitted(queue.start_async(write(item, ScriptedOp::wait_for_gate), item));
  queue.cancel();
  gate->open();
  queue.wait_all();
  EXPECT_EQ(ended, 4);
  const int cancelled_at_once = cancelled;
  if (passes_cancel_on()) {
    EXPECT_EQ(cancelled, 4);  // none can have ended before
  }
  for (long item = 0; item < 100; ++item) submitted(queue.start_async(write(item), item));
  queue.wait_all();
  EXPECT_EQ(ended, 104);
  EXPECT_EQ(cancelled, cancelled_at_once);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(queue.counts().idle, 4u);
}

TEST_P(QueueWaysOn, CancelsWhatRunsAtTheNextNodeAndWhatIsQueuedWhenItsTurnComes) {
  if (runs_inline()) GTEST_SKIP() << "start_async itself would wait for the gate";
  if (!passes_cancel_on()) GTEST_SKIP() << "items of this device run to their end";
  const auto first = std::make_shared<Gate>(), second = std::make_shared<Gate>();
  AsyncInferQueue<long> queue(compile(scripted_chain(first, second)), {.requests = 3});
  submitted(queue.start_async(write(1), 1));
  queue.wait_all();
  EXPECT_EQ(second->passed(), 1);
  for (long item = 0; item < 3; ++item) submitted(queue.start_async(write(item, ScriptedOp::wait_for_gate), item));
  first->wait_until_reached();
  queue.cancel();
  first->open();
  queue.wait_all();
  EXPECT_EQ(second->passed(), 1);
  submitted(queue.start_async(write(2), 2));
  queue.wait_all();
  EXPECT_EQ(second->passed(), 2);
}

TEST_P(QueueWaysOn, LeavesAStuckStreamToTheDeviceAndGetsItBack) {
  if (runs_inline()) GTEST_SKIP() << "start_async itself would wait for the gate";
  const auto gate = std::make_shared<Gate>();
  using std::chrono::milliseconds;
  AsyncInferQueue<long> queue(
      compile(gate), {.requests = 1, .watchdog = {.limit = milliseconds(500), .grace = milliseconds(5), .spares = 1}});
  std::atomic<int> timed_out = 0;
  queue.set_callback([&](Result<long> result) { timed_out += result.outcome() == Outcome::timed_out; });
  submitted(queue.start_async(write(1, ScriptedOp::wait_for_gate), 1));
  queue.wait_all();
  EXPECT_EQ(timed_out, 1);
  EXPECT_EQ(queue.counts().idle, 1u);
  EXPECT_EQ(queue.counts().abandoned, 1u);
  gate->open();
  while (queue.counts().abandoned > 0) std::this_thread::yield();
  EXPECT_EQ(queue.counts().idle, 1u);
}

TEST_P(QueueWaysOn, DestroyedWithAStuckStreamReturnsAndLeavesTheRestToAReaper) {
  if (runs_inline()) GTEST_SKIP() << "start_async itself would wait for the gate";
  const auto gate = std::make_shared<Gate>();
  const auto owned = std::make_shared<int>(1);
  {
    AsyncInferQueue<std::shared_ptr<int>> queue(compile(gate),
                                                {.requests = 2, .shutdown_grace = std::chrono::milliseconds(1)});
    submitted(queue.start_async(write(1, ScriptedOp::wait_for_gate), owned));
    gate->wait_until_reached();
  }
  EXPECT_EQ(owned.use_count(), 2);  // the device still has the item
  gate->open();
  while (owned.use_count() > 1) std::this_thread::yield();
}

}  // namespace
}  // namespace inflight
