// What comes back into a queue from inside: its destruction in the middle of a submission, and assignments of results.
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

/// Completes inside `start_async`, as with num_streams(0), and then takes its time to return.
struct InlineRequest {
  struct Tensor {};
  std::function<void(std::exception_ptr)> callback;
  std::function<void()>* tail = nullptr;
  std::shared_ptr<std::atomic<bool>> gone;

  InlineRequest() = default;
  InlineRequest(InlineRequest&&) = default;
  ~InlineRequest() {
    if (gone) *gone = true;
  }
  void set_callback(std::function<void(std::exception_ptr)> next) { callback = std::move(next); }
  void start_async() {
    auto* const after = tail;
    callback(nullptr);
    (*after)();
  }
  void cancel() {}
  Tensor get_input_tensor(std::size_t) { return {}; }
  void set_input_tensor(std::size_t, Tensor) {}
  Tensor get_output_tensor(std::size_t) { return {}; }
};
[[maybe_unused]] InlineRequest::Tensor copy_of(InlineRequest::Tensor) { return {}; }
[[maybe_unused]] std::size_t output_count(const InlineRequest&) { return 0; }

TEST(AsyncInferQueue, KeepsItsRequestsUntilTheSubmissionInWhichItWasDestroyedReturns) {
  const auto gone = std::make_shared<std::atomic<bool>>(false);
  bool gone_while_starting = false;
  std::function<void()> tail = [&] {  // the thread that ends the queue has had every chance
    for (int i = 0; i < 100'000 && !*gone; ++i) std::this_thread::yield();
    gone_while_starting = *gone;
  };
  std::vector<InlineRequest> requests(1);
  requests[0].gone = gone;
  requests[0].tail = &tail;
  using Queue = AsyncInferQueue<long, InlineRequest>;
  auto queue = std::make_unique<Queue>(std::move(requests));
  *gone = false;  // moving left empty ones behind
  queue->set_callback([&queue](const BasicResult<long, InlineRequest>&) { queue.reset(); });
  submitted(queue->start_async([](const BasicInputs<InlineRequest>&) {}, 1L));
  EXPECT_FALSE(gone_while_starting);
  while (!*gone) std::this_thread::yield();  // and goes afterwards
}

Coroutine keep(ScriptedQueue<long>& queue, std::optional<ScriptedResult<long>>& kept) {
  auto fill = throw_in_fill();
  *kept = co_await queue.infer(fill, 9L);
}

TEST(Result, AssignedOverLosesNoRequestWhenItsReleaseAssignsToTheSamePlace) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  std::optional<ScriptedResult<long>> kept, other;
  queue.set_callback([&](ScriptedResult<long> result) {
    auto& place = result.userdata() == 1 ? kept : other;
    place.emplace(std::move(result));
  });
  submitted(queue.start_async(write(1), 1L));
  submitted(queue.start_async(write(2), 2L));
  device.finish();
  device.finish();
  keep(queue, kept);  // waits in line for a request
  *kept = std::move(*other);
  kept.reset();
  other.reset();
  EXPECT_EQ(queue.counts().idle, 2U);
  EXPECT_EQ(queue.counts().leased, 0U);
}

TEST(AsyncInferQueue, AFillFunctionThatThrowsAnothersTimeoutHasFailed) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  std::vector<Outcome> outcomes;
  queue.set_callback([&](const ScriptedResult<long>& result) { outcomes.push_back(result.outcome()); });
  submitted(queue.start_async([](ScriptedInputs) { throw TimedOut("another queue's"); }, 1L));
  submitted(queue.start_async([](ScriptedInputs) { ov::Cancelled::create("another queue's"); }, 2L));
  queue.wait_all();
  EXPECT_EQ(outcomes, (std::vector<Outcome>{Outcome::failed, Outcome::failed}));
}

Coroutine await_twice(ScriptedQueue<long>& queue, bool& refused) {
  auto fill = write(1);
  auto item = queue.infer(fill, 1L);
  co_await item;
  try {
    co_await item;
  } catch (const std::logic_error&) {
    refused = true;
  }
}

LeakyCoroutine let_out(ScriptedQueue<long>& queue, ScriptedQueue<long>& full) {
  auto fill = write(1);
  try {
    (void)co_await queue.infer(fill, 1L);
  } catch (const NotAccepted&) {
    EXPECT_EQ(full.start_async(write(1), 1L), Submit::would_deadlock);
    throw std::runtime_error("let out at the end");
  }
  throw std::runtime_error("let out");
}

TEST(InferCoroutine, ThatLetsAnExceptionOutIsReportedWhereverItContinues) {
  ScriptedDevice device(0);
  ScriptedDevice stuck(0);
  ScriptedQueue<long> full(scripted_requests(&stuck, 1));
  submitted(full.start_async(write(1), 1L));
  std::vector<std::string> heard;
  std::vector<LeakyCoroutine> coroutines;
  std::thread last;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1));
    queue.set_error_handler([&](const std::exception_ptr& error) { heard.push_back(message_of(error)); });
    for (int i = 0; i < 4; ++i) coroutines.push_back(let_out(queue, full));
    device.finish();
    device.finish();
    EXPECT_EQ(queue.counts().waiting_submitters, 1U);  // until the queue's end
    last = std::thread([&] {
      device.wait_until_cancelled(1);
      device.finish();
    });
  }
  last.join();
  EXPECT_EQ(heard, (std::vector<std::string>{"let out", "let out", "let out at the end", "let out"}));
  stuck.finish();
}

TEST(Coroutine, AwaitingAnItemTwiceIsRefused) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  bool refused = false;
  await_twice(queue, refused);
  queue.wait_all();
  EXPECT_TRUE(refused);
}

}  // namespace
}  // namespace inflight
