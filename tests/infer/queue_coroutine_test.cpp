// Results awaited by coroutines.
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

Coroutine infer_many(ScriptedQueue<long>& queue, long first, long count, Outcomes& outcomes, std::atomic<long>& ended) {
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

Coroutine look_while_filling(ScriptedQueue<>& queue, std::size_t& in_flight) {
  auto fill = [&](ScriptedInputs) { in_flight = queue.counts().in_flight; };
  co_await queue.infer(fill);
}

TEST(InferCoroutine, ThatWaitedFillsWithoutTheLock) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  queue.set_callback([](ScriptedResult<>) {});
  submitted(queue.start_async(write(1)));
  std::size_t in_flight = 0;
  look_while_filling(queue, in_flight);
  EXPECT_EQ(in_flight, 0u);
  device.finish();  // the request goes on to the coroutine, which is filling it
  EXPECT_EQ(in_flight, 1u);
  device.finish();
  EXPECT_EQ(queue.counts().idle, 1u);
}

TEST(InferCoroutine, LosesNoItemBesideThreadsThatWait) {
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

/// Writes down whose turn it is when a request is filled.
auto note(std::string& turns, char whose) {
  return [&turns, whose](ScriptedInputs) { turns += whose; };
}

Coroutine take_a_turn(ScriptedQueue<>& queue, std::string& turns, char whose) {
  auto fill = note(turns, whose);
  co_await queue.infer(fill);
}

TEST(InferCoroutine, TakesTurnsWithThreadsThatWait) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  submitted(queue.start_async(write(1)));
  std::string turns;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { submitted(queue.start_async(note(turns, 't'))); });
  while (queue.counts().waiting_submitters < 2) std::this_thread::yield();
  for (int i = 0; i < 2; ++i) take_a_turn(queue, turns, 'c');
  EXPECT_EQ(queue.counts().waiting_submitters, 4u);
  for (int i = 0; i < 5; ++i) device.finish();
  queue.wait_all();
  EXPECT_TRUE(turns == "tctc" || turns == "ctct") << turns;
}

Coroutine take_turns(ScriptedQueue<>& queue, std::string& turns, int count) {
  auto fill = note(turns, 'c');
  for (int i = 0; i < count; ++i) co_await queue.infer(fill);
}

TEST(InferCoroutine, OvertakesNoThreadWhenItAwaitsAgainAtOnce) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  std::string turns;
  take_turns(queue, turns, 5);
  std::jthread thread([&] {
    for (int i = 0; i < 5; ++i) ASSERT_EQ(queue.start_async(note(turns, 't')), Submit::accepted);
  });
  while (queue.counts().waiting_submitters < 1) std::this_thread::yield();
  for (int i = 0; i < 4; ++i) {
    device
        .finish();  // the coroutine's: it releases its request, for which the thread is woken, and awaits the next one
    while (queue.counts().idle > 0 || queue.counts().waiting_submitters < 2) std::this_thread::yield();
    device.finish();  // the thread's
  }
  device.finish();
  device.finish();
  thread.join();
  queue.wait_all();
  EXPECT_EQ(turns, "ctctctctct");
}

TEST(InferCoroutine, StandsInLine) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  submitted(queue.start_async(write(1)));
  std::string turns;
  for (const char whose : {'1', '2', '3', '4'}) take_a_turn(queue, turns, whose);
  EXPECT_EQ(queue.counts().waiting_submitters, 4u);
  for (int i = 0; i < 3; ++i) device.finish();
  take_a_turn(queue, turns, '5');
  for (int i = 0; i < 3; ++i) device.finish();
  EXPECT_EQ(turns, "12345");
  EXPECT_EQ(queue.counts().waiting_submitters, 0u);
}

Coroutine expect_stopped(ScriptedQueue<long>& queue, bool& stopped) {
  auto fill = write(1);
  try {
    (void)co_await queue.infer(fill, 1);
  } catch (const NotAccepted& error) {
    stopped = error.answer() == Submit::stopped;
    EXPECT_EQ(queue.try_start_async(write(2), 2), Submit::stopped);  // no lock is held
  }
}

TEST(InferCoroutine, ThatWaitsForARequestHearsOfTheQueuesEnd) {
  ScriptedDevice device(0);
  bool stopped = false;
  std::optional<ScriptedResult<long>> held;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1));
    queue.set_callback([&](ScriptedResult<long> result) { held.emplace(std::move(result)); });
    submitted(queue.start_async(write(1), 1));
    device.finish();
    expect_stopped(queue, stopped);
    EXPECT_EQ(queue.counts().waiting_submitters, 1u);
    EXPECT_TRUE(queue.counts().blocked_by_leases());
    EXPECT_FALSE(stopped);
  }
  EXPECT_TRUE(stopped);
}

Coroutine count_owners(ScriptedQueue<std::shared_ptr<int>>& queue, std::shared_ptr<int> owned, long& owners_at_end) {
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

/// An aggregate, as what a lambda captures.
struct Owner {
  std::shared_ptr<int> owned = {};
};
struct CountedOwner {
  static inline std::shared_ptr<int> all = std::make_shared<int>(5);
  std::shared_ptr<int> owned = all;
};

enum class Way { named, returned };

Owner make_owner(const std::shared_ptr<int>& owned) { return Owner{owned}; }

Coroutine count_owners_of(ScriptedQueue<Owner>& queue, std::shared_ptr<int> owned, long& owners_at_end, Way way) {
  {
    auto fill = write(5);
    if (way == Way::named) {
      Owner item{owned};
      auto result = co_await queue.infer(fill, std::move(item));
      EXPECT_EQ(owned.use_count(), 3);  // the test's, this coroutine's, the userdata
    } else {
      auto result = co_await queue.infer(fill, make_owner(owned));
      EXPECT_EQ(owned.use_count(), 3);
    }
  }
  owners_at_end = owned.use_count();
}

// g++ 12 destroys twice an aggregate as well that is made in the co_await expression: `infer(fill, Owner{owned})`.
TEST(InferCoroutine, DestroysUserdataThatHasANameOrIsReturnedOnce) {
  for (const Way way : {Way::named, Way::returned}) {
    ScriptedDevice device(0);
    ScriptedQueue<Owner> queue(scripted_requests(&device, 1));
    const auto owned = std::make_shared<int>(5);
    long owners_at_end = 0;
    count_owners_of(queue, owned, owners_at_end, way);
    device.finish();
    queue.wait_all();
    EXPECT_EQ(owners_at_end, 2);
    EXPECT_EQ(owned.use_count(), 1);
  }
}

Coroutine infer_without_userdata(ScriptedQueue<CountedOwner>& queue, long& owners) {
  auto fill = write(5);
  auto result = co_await queue.infer(fill);
  owners = CountedOwner::all.use_count();
}

TEST(InferCoroutine, DestroysUserdataThatNobodyGaveOnce) {
  const auto kept = CountedOwner::all;
  ScriptedDevice device(0);
  ScriptedQueue<CountedOwner> queue(scripted_requests(&device, 1));
  long owners = 0;
  infer_without_userdata(queue, owners);
  device.finish();
  queue.wait_all();
  EXPECT_EQ(owners, 3);
  EXPECT_EQ(kept.use_count(), 2);
}

}  // namespace
}  // namespace inflight
