// What comes back into a queue from inside: its destruction in the middle of a submission, and assignments of results.
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
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
  std::function<void(std::exception_ptr)>* passes_on = nullptr;  // the callback, to whoever calls it again
  std::shared_ptr<std::atomic<bool>> gone;

  InlineRequest() = default;
  InlineRequest(InlineRequest&&) = default;
  ~InlineRequest() {
    if (gone) *gone = true;
  }
  void set_callback(std::function<void(std::exception_ptr)> next) {
    callback = std::move(next);
    if (passes_on != nullptr) *passes_on = callback;
  }
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

TEST(AsyncInferQueue, ADeviceThatCallsBackTwiceEndsAnItemOnce) {
  std::function<void()> tail;
  std::vector<InlineRequest> requests(1);
  requests[0].tail = &tail;
  std::function<void(std::exception_ptr)> again;
  requests[0].passes_on = &again;
  AsyncInferQueue<long, InlineRequest> queue(std::move(requests));
  tail = [&] { again(nullptr); };
  int delivered = 0;
  queue.set_callback([&](const BasicResult<long, InlineRequest>&) { ++delivered; });
  submitted(queue.start_async([](const BasicInputs<InlineRequest>&) {}, 1L));
  EXPECT_EQ(delivered, 1);
  const auto look = [&](const BasicInputs<InlineRequest>&) {  // with the only request
    EXPECT_EQ(queue.try_start_async([](const BasicInputs<InlineRequest>&) {}, 3L), Submit::full);
  };
  submitted(queue.start_async(look, 2L));
  EXPECT_EQ(delivered, 2);
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

/// Does something whenever it is copied or destroyed.
struct WithHooks {
  std::function<void()> on_copy = {};
  std::function<void()> on_end = {};

  explicit WithHooks(std::function<void()> copied = {}, std::function<void()> ended = {})
      : on_copy(std::move(copied)), on_end(std::move(ended)) {}
  WithHooks(const WithHooks& other) : on_copy(other.on_copy), on_end(other.on_end) {
    if (on_copy) on_copy();
  }
  WithHooks(WithHooks&& other) noexcept
      : on_copy(std::exchange(other.on_copy, nullptr)), on_end(std::exchange(other.on_end, nullptr)) {}
  ~WithHooks() {
    if (on_end) on_end();
  }
};

/// It has a request then: on a queue of one it would wait for itself.
TEST(AsyncInferQueue, AnItemThatSubmitsWhileItIsMadeOrEndsAnswersWouldDeadlock) {
  constexpr std::chrono::milliseconds soon(20);
  std::vector<Submit> answers;
  ScriptedDevice device(0);
  ScriptedQueue<WithHooks> queue(scripted_requests(&device, 1));
  const auto submit = [&] { answers.push_back(queue.start_async(write(2), WithHooks(), soon)); };
  {
    const WithHooks item(submit);
    submitted(queue.start_async(write(1), item));
    device.finish();
    EXPECT_EQ(answers, std::vector(1, Submit::would_deadlock));
    std::optional<ScriptedResult<WithHooks>> held;
    queue.set_callback([&](ScriptedResult<WithHooks> result) { held.emplace(std::move(result)); });
    submitted(queue.start_async(write(1), WithHooks({}, submit)));
    device.finish();
    submitted(queue.restart(std::move(*held), write(1), item));
    device.finish();
  }
  EXPECT_EQ(answers, std::vector(3, Submit::would_deadlock));
  const auto make = [&](long) {
    submit();
    return WithHooks();
  };
  auto range = queue.run(std::views::iota(0L, 1L) | std::views::transform(make), write(1));
  const std::jthread finishing([&] { device.finish(); });
  for (const auto& result : range) EXPECT_TRUE(result.ok());
  EXPECT_EQ(answers, std::vector(4, Submit::would_deadlock));
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
