// Waiting with an end, cancelling, and the end of a queue that has work in flight.
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// ultralytics#25921: waits without an end.
TEST(Until, ADeadlineEndsTheWaitAndLeavesTheUserdataAlone) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  submitted(queue.start_async(write(1)));
  auto kept = std::make_unique<int>(2);
  EXPECT_EQ(queue.start_async(write(2), std::move(kept), Clock::now()), Submit::timed_out);
  EXPECT_EQ(queue.start_async(write(2), std::move(kept), milliseconds(1)), Submit::timed_out);
  std::stop_source stop;
  EXPECT_EQ(queue.start_async(write(2), std::move(kept), {stop.get_token(), Clock::now()}), Submit::timed_out);
  stop.request_stop();
  EXPECT_EQ(queue.start_async(write(2), std::move(kept), {stop.get_token(), Clock::now() + hours(1)}), Submit::stopped);
  EXPECT_TRUE(kept);
  EXPECT_EQ(queue.counts().waiting_submitters, 0u);
  device.finish();
  EXPECT_EQ(queue.start_async(write(2), std::move(kept), Clock::now()), Submit::accepted);  // no wait was needed
  device.finish();
}

TEST(Until, ADurationLongerThanTimeLastsIsNoDeadline) {
  for (const Until& until : {Until(milliseconds::max()), Until(hours::max()), Until(Clock::duration::max())}) {
    ScriptedDevice device(0);
    ScriptedQueue<> queue(scripted_requests(&device, 1));
    submitted(queue.start_async(write(1)));
    std::atomic<bool> answered = false;
    std::jthread submitter([&] {
      EXPECT_EQ(queue.start_async(write(2), {}, until), Submit::accepted);
      answered = true;
    });
    while (queue.counts().waiting_submitters == 0 && !answered) std::this_thread::yield();
    device.finish();
    submitter.join();
    if (queue.counts().in_flight > 0) device.finish();
  }
}

TEST(Until, ANegativeDurationIsOverAlready) {
  for (const Until& until : {Until(-milliseconds(1)), Until(-hours(5'000'000)), Until(hours::min())}) {
    ASSERT_TRUE(until.deadline());
    EXPECT_LE(*until.deadline(), Clock::now());
  }
}

TEST(Until, TellsThatSubmittersWaitForLeases) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  std::optional<ScriptedResult<>> held;
  queue.set_callback([&](ScriptedResult<> result) { held.emplace(std::move(result)); });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_FALSE(queue.counts().blocked_by_leases());
  std::thread submitter([&] { submitted(queue.start_async(write(2))); });
  while (!queue.counts().blocked_by_leases()) std::this_thread::yield();
  ScriptedResult<> mine = std::move(*held);
  mine.release();
  submitter.join();
  EXPECT_FALSE(queue.counts().blocked_by_leases());
  device.finish();
}

TEST(Until, InsideAFillFunctionNothingWaits) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  submitted(queue.start_async([&](ScriptedInputs inputs) {
    EXPECT_EQ(queue.start_async(write(2)), Submit::would_deadlock);
    EXPECT_THROW(queue.wait_all(), std::logic_error);
    write(1)(inputs);
  }));
  device.finish();
  queue.wait_all();
}

TEST(Cancel, EndsItemsWhenTheDeviceReportsThemAndTouchesNoLaterOnes) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 3));
  Endings endings;
  queue.set_callback(endings.callback());
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  queue.cancel();
  EXPECT_TRUE(endings.all().empty());
  submitted(queue.start_async(write(3), 3));
  for (int i = 0; i < 3; ++i) device.finish();
  queue.wait_all();
  EXPECT_EQ(endings.all(),
            (std::multimap<long, Outcome>{{1, Outcome::cancelled}, {2, Outcome::cancelled}, {3, Outcome::succeeded}}));
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(Cancel, OfAnItemThatIsBeingFilledKeepsItFromStarting) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  Endings endings;
  queue.set_callback(endings.callback());
  submitted(queue.start_async([&](ScriptedInputs) { queue.cancel(); }, 1));
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}}));
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(Cancel, OfAnItemThatIsBeingStartedIsNotLost) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  Endings endings;
  queue.set_callback(endings.callback());
  device.on_start = [&] { queue.cancel(); };  // the request is not busy yet, and forgets it
  submitted(queue.start_async(write(1), 1));
  device.on_start = nullptr;
  device.finish();
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}}));
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

Coroutine await_one(ScriptedQueue<long>& queue, Endings& endings) {
  auto fill = write(1);
  endings.callback()(co_await queue.infer(fill, 2L));
}

TEST(Cancel, DoesNotTouchWhatWaitsForARequest) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  Endings endings;
  queue.set_callback(endings.callback());
  submitted(queue.start_async(write(1), 1));
  await_one(queue, endings);
  std::thread submitter([&] { EXPECT_EQ(queue.start_async(write(1), 3), Submit::accepted); });
  while (queue.counts().waiting_submitters < 2) std::this_thread::yield();
  queue.cancel();
  for (int i = 0; i < 3; ++i) device.finish();
  submitter.join();
  queue.wait_all();
  EXPECT_EQ(endings.all(),
            (std::multimap<long, Outcome>{{1, Outcome::cancelled}, {2, Outcome::succeeded}, {3, Outcome::succeeded}}));
}

TEST(Cancel, LeavesItemsOfADeviceThatCannotCancelToTheirEnd) {
  ScriptedDevice device(0);
  device.refuses_to_cancel = true;
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  Endings endings;
  queue.set_callback(endings.callback());
  submitted(queue.start_async(write(1), 1));
  queue.cancel();
  device.finish();
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::succeeded}}));
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(Cancel, FromItsOwnCallbackAndWithNothingInFlightIsHarmless) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.cancel();
  Endings endings;
  queue.set_callback([&](ScriptedResult<long> result) {
    endings.callback()(result);
    queue.cancel();
  });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  device.finish();
  device.finish();
  queue.wait_all();
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::succeeded}, {2, Outcome::cancelled}}));
}

}  // namespace
}  // namespace inflight
