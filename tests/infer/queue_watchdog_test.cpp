// Items that take too long.
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr QueueOptions watched(std::size_t spares, Order order = Order::as_completed) {
  return {.order = order, .watchdog = {.limit = milliseconds(1), .grace = milliseconds(1), .spares = spares}};
}

constexpr QueueOptions patient() {
  QueueOptions options = watched(0);
  options.watchdog.grace = hours(1);
  return options;
}

TEST(Watchdog, CancelsEachItemOverTheLimit) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1), patient());
  Endings endings;
  queue.set_callback(endings.callback());
  for (const long item : {1, 2}) {  // both on the same request
    submitted(queue.start_async(write(item), item));
    device.wait_until_cancelled(1);
    device.finish();
    queue.wait_all();
  }
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}, {2, Outcome::cancelled}}));
  EXPECT_EQ(queue.counts().idle, 1u);
}

TEST(Watchdog, CountsFromTheStartAndNotTheFillFunction) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2), patient());
  Endings endings;
  queue.set_callback(endings.callback());
  const auto slow_fill = [&](ScriptedInputs inputs) {
    for (const long item : {1, 2}) {  // the second cancellation tells that the watchdog has looked at all since
      submitted(queue.start_async(write(item), item));
      device.wait_until_cancelled(1);
      device.finish();
    }
    write(3)(inputs);
  };
  submitted(queue.start_async(slow_fill, 3));
  device.wait_until_cancelled(1);
  // Over the limit before it was started, it would be cancelled by the start.
  EXPECT_NE(device.cancelled_by(), std::this_thread::get_id());
  device.finish();
  EXPECT_EQ(endings.all(),
            (std::multimap<long, Outcome>{{1, Outcome::cancelled}, {2, Outcome::cancelled}, {3, Outcome::cancelled}}));
}

TEST(Watchdog, WithoutALimitOrWithOneBeyondAllTimeCancelsNothing) {
  for (const Clock::duration limit : {Clock::duration::zero(), Clock::duration::max()}) {
    ScriptedDevice device(0);
    ScriptedQueue<long> queue(scripted_requests(&device, 1), {.watchdog = {.limit = limit, .spares = 0}});
    Endings endings;
    queue.set_callback(endings.callback());
    submitted(queue.start_async(write(1), 1));
    for (int i = 0; i < 100; ++i) std::this_thread::yield();  // a watchdog that has nothing to wait for looks meanwhile
    device.finish();
    EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::succeeded}}));
  }
}

TEST(Watchdog, EndsWithItsQueueThoughItWouldLookAgainInAnHour) {
  ScriptedDevice device(0);
  for (int round = 0; round < 200; ++round) {  // in some of them it waits already
    ScriptedQueue<> queue(scripted_requests(&device, 1), {.watchdog = {.limit = hours(1), .spares = 0}});
    submitted(queue.start_async(write(1)));
    device.finish();
    std::this_thread::yield();
  }
}

// openvino#30642: a stuck request, and no way to go on without it. openvino#36554: what it reads must not go with it.
TEST(Watchdog, GivesAStuckItemUpAndPutsASpareInItsPlace) {
  ScriptedDevice device(0);
  ScriptedQueue<std::shared_ptr<long>> queue(scripted_requests(&device, 2), watched(1));
  EXPECT_EQ(queue.capacity(), 1u);
  std::atomic<int> timed_out = 0;
  std::atomic<int> succeeded = 0;
  queue.set_callback([&](const ScriptedResult<std::shared_ptr<long>>& result) {
    if (result.ok()) ++succeeded;
    if (result.outcome() == Outcome::timed_out) {
      EXPECT_THROW((void)result.output(0), TimedOut);
      EXPECT_GE(result.stamps().completed, result.stamps().started);
      ++timed_out;
    }
  });
  const auto owned = std::make_shared<long>(1);
  submitted(queue.start_async(write(1), owned));
  queue.wait_all();
  EXPECT_EQ(timed_out, 1);
  EXPECT_EQ(owned.use_count(), 2);
  QueueCounts counts = queue.counts();
  EXPECT_EQ(counts.idle, 1u);
  EXPECT_EQ(counts.abandoned, 1u);
  EXPECT_EQ(counts.lost, 0u);
  device.finish();  // late: nobody hears of it
  EXPECT_EQ(timed_out, 1);
  EXPECT_EQ(owned.use_count(), 1);
  counts = queue.counts();
  EXPECT_EQ(counts.idle, 1u);
  EXPECT_EQ(counts.abandoned, 0u);
  // The first request is the spare now, and good for the next time.
  submitted(queue.start_async(write(2), owned));
  queue.wait_all();
  EXPECT_EQ(timed_out, 2);
  EXPECT_EQ(queue.counts().idle, 1u);
  device.finish();
  EXPECT_EQ(succeeded, 0);
}

TEST(Watchdog, CountsWhatIsLostWithoutASpareAndGetsItBack) {
  ScriptedDevice device(0);
  ScriptedQueue<std::shared_ptr<long>> queue(scripted_requests(&device, 2), watched(0));
  std::optional<ScriptedResult<std::shared_ptr<long>>> held;
  queue.set_callback([&](ScriptedResult<std::shared_ptr<long>> result) { held.emplace(std::move(result)); });
  const auto owned = std::make_shared<long>(1);
  submitted(queue.start_async(write(1), owned));
  queue.wait_all();
  ASSERT_TRUE(held);
  EXPECT_EQ(held->outcome(), Outcome::timed_out);
  EXPECT_EQ(held->userdata(), owned);
  EXPECT_EQ(queue.restart(std::move(*held), write(2), nullptr), Submit::request_lost);
  QueueCounts counts = queue.counts();
  EXPECT_EQ(counts.idle, 1u);
  EXPECT_EQ(counts.lost, 1u);
  EXPECT_EQ(counts.abandoned, 1u);
  device.finish();
  counts = queue.counts();
  EXPECT_EQ(counts.lost, 0u);
  EXPECT_EQ(counts.leased, 1u) << "the result still holds the request and its userdata";
  EXPECT_EQ(counts.abandoned, 0u);
  EXPECT_EQ(owned.use_count(), 2);
  EXPECT_EQ(held->userdata(), owned);
  held.reset();
  counts = queue.counts();
  EXPECT_EQ(counts.idle, 2u);
  EXPECT_EQ(counts.lost, 0u);
  EXPECT_EQ(counts.abandoned, 0u);
}

TEST(Watchdog, ATimedOutItemKeepsItsPlaceInTheOrder) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 4), watched(2, Order::as_submitted));
  std::vector<std::pair<long, Outcome>> order;
  queue.set_callback(
      [&](const ScriptedResult<long>& result) { order.emplace_back(result.userdata(), result.outcome()); });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  device.finish(1);
  queue.wait_all();
  ASSERT_EQ(order.size(), 2u);
  EXPECT_EQ(order[0], (std::pair{1L, Outcome::timed_out}));
  EXPECT_EQ(order[1].first, 2);
  device.finish(0);
}

TEST(Watchdog, LeavesAFuturesUserdataWithTheDevice) {
  ScriptedDevice device(0);
  ScriptedQueue<std::shared_ptr<long>> queue(scripted_requests(&device, 2), watched(1));
  const auto owned = std::make_shared<long>(1);
  auto result = queue.infer_future(write(1), owned).get();
  EXPECT_EQ(result.outcome(), Outcome::timed_out);
  EXPECT_THROW((void)result.userdata(), std::logic_error);
  EXPECT_EQ(owned.use_count(), 2);
  device.finish();
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Watchdog, MayDestroyTheQueueFromTheCallbackOfWhatItGaveUp) {
  ScriptedDevice device(0);
  auto queue = std::make_unique<ScriptedQueue<long>>(scripted_requests(&device, 2), watched(0));
  auto& started = *queue;
  std::promise<void> destroyed;
  std::atomic<bool> all_submitted = false;
  started.set_callback([&](const ScriptedResult<long>& result) {
    EXPECT_EQ(result.outcome(), Outcome::timed_out);
    while (!all_submitted) std::this_thread::yield();
    queue.reset();
    destroyed.set_value();
  });
  submitted(started.start_async(write(1), 1));
  all_submitted = true;
  destroyed.get_future().wait();
  device.finish();
  device.wait_until_unused();
}

TEST(Watchdog, RefusesOptionsThatMakeNoSense) {
  ScriptedDevice device(0);
  EXPECT_THROW(ScriptedQueue<>(scripted_requests(&device, 1), watched(1)), std::invalid_argument);
  EXPECT_THROW(ScriptedQueue<>(scripted_requests(&device, 1), {.watchdog = {.limit = milliseconds(-1)}}),
               std::invalid_argument);
  EXPECT_THROW(ScriptedQueue<>(scripted_requests(&device, 1), {.shutdown_grace = milliseconds(-1)}),
               std::invalid_argument);
}

TEST(Watchdog, LeavesWhatTheDestructorCancelledToItsGrace) {
  constexpr milliseconds limit(500);
  ScriptedDevice device(0);
  ScriptedDevice others_device(0);
  QueueOptions half = patient();
  half.watchdog.limit = limit / 2;
  ScriptedQueue<> other(scripted_requests(&others_device, 1), half);
  Endings endings;
  std::jthread finishing;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1),
                              {.watchdog = {.limit = limit, .grace = Clock::duration(0), .spares = 0}});
    queue.set_callback(endings.callback());
    submitted(queue.start_async(write(1), 1));
    finishing = std::jthread([&] {
      device.wait_until_cancelled(1);
      for (int i = 0; i < 3; ++i) {  // another watchdog tells when this one would have looked
        submitted(other.start_async(write(1)));
        others_device.wait_until_cancelled(1);
        others_device.finish();
      }
      device.finish();
    });
  }
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}}));
}

}  // namespace
}  // namespace inflight
