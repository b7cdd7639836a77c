// Results as leases on requests, and what happens to them and to the queue at its end.
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

// openvino#70, OpenVINO-YoloV3#45: the result of one request was overwritten by the next. Open Model Zoo's pipeline
// kept the tensor of a request that was idle already: the next item overwrote it.
TEST(Result, KeepsItsOutputsUntilItIsReleased) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 3));
  std::optional<ScriptedResult<long>> kept;
  queue.set_callback([&](ScriptedResult<long> result) {
    if (result.userdata() == 1) kept = std::move(result);
  });
  submitted(queue.start_async(write(1), 1));
  queue.wait_all();
  ASSERT_TRUE(kept);
  for (long item = 2; item < 1000; ++item) submitted(queue.start_async(write(item), item));
  queue.wait_all();
  EXPECT_EQ(queue.counts().leased, 1u);
  EXPECT_EQ(*kept->output(0).data, output_of(1));
  EXPECT_EQ(kept->userdata(), 1);
  kept->release();
  EXPECT_EQ(queue.counts().idle, 3u);
}

TEST(Result, GivesItsRequestToAWaitingSubmitterWhenReleasedOnAnotherThread) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  std::optional<ScriptedResult<long>> kept;
  queue.set_callback([&](ScriptedResult<long> result) { kept = std::move(result); });
  submitted(queue.start_async(write(1), 1));
  device.finish();
  ASSERT_TRUE(kept);
  std::thread releasing([mine = std::move(*kept)]() mutable { mine.release(); });
  EXPECT_EQ(queue.start_async(write(2), 2), Submit::accepted);
  releasing.join();
  device.finish();
  EXPECT_EQ(*kept->output(0).data, output_of(2));
}

TEST(Result, IsEmptyOnceMovedFromOrReleased) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  queue.set_callback([](ScriptedResult<> result) {
    ScriptedResult<> taken = std::move(result);
    const auto expect_empty = [](const ScriptedResult<>& empty) {
      EXPECT_THROW((void)empty.ok(), std::logic_error);
      EXPECT_THROW((void)empty.error(), std::logic_error);
      EXPECT_THROW((void)empty.userdata(), std::logic_error);
      EXPECT_THROW((void)empty.outputs(), std::logic_error);
      EXPECT_THROW((void)empty.stamps(), std::logic_error);
      try {
        (void)empty.output(0);
      } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "Result: it was released or moved from; take what you need before");
      }
    };
    expect_empty(result);
    EXPECT_TRUE(taken.ok());
    taken.release();
    expect_empty(taken);
  });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
}

TEST(Result, ReleasedTwiceGivesItsRequestBackOnce) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 2));
  queue.set_callback([&](ScriptedResult<> result) {
    result.release();
    result.release();
    EXPECT_EQ(queue.counts().idle, 2u);
    EXPECT_EQ(queue.counts().leased, 0u);
  });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_EQ(queue.counts().idle, 2u);
}

TEST(Result, AssignedOverReleasesWhatItHeld) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  std::optional<ScriptedResult<long>> kept;
  queue.set_callback([&](ScriptedResult<long> result) {
    if (kept) {
      *kept = std::move(result);
    } else {
      kept.emplace(std::move(result));
    }
  });
  submitted(queue.start_async(write(1), 1));
  submitted(queue.start_async(write(2), 2));
  device.finish();
  device.finish();
  EXPECT_EQ(kept->userdata(), 2);
  EXPECT_EQ(queue.counts().leased, 1u);
  EXPECT_EQ(queue.counts().idle, 1u);
}

TEST(Result, AssignedToItselfKeepsItsLease) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  queue.set_callback([&](ScriptedResult<long> result) {
    auto& same = result;
    result = std::move(same);
    EXPECT_EQ(queue.counts().leased, 1u);
    EXPECT_EQ(result.userdata(), 1);
  });
  submitted(queue.start_async(write(1), 1));
  device.finish();
  queue.wait_all();
}

/// Counts how often a userdata was made and destroyed.
struct Observed {
  explicit Observed(std::atomic<int>& count) : alive(&count) { ++*alive; }
  Observed(Observed&& other) noexcept : alive(other.alive) { ++*alive; }
  ~Observed() { --*alive; }
  std::atomic<int>* alive;
};

TEST(Result, DestroysTheUserdataOnceWhenTheLeaseEnds) {
  std::atomic<int> alive = 0;
  ScriptedDevice device(0);
  ScriptedQueue<Observed> queue(scripted_requests(&device, 2));
  std::optional<ScriptedResult<Observed>> kept;
  queue.set_callback([&](ScriptedResult<Observed> result) { kept = std::move(result); });
  const auto submit = [&](auto fill) { EXPECT_EQ(queue.start_async(fill, Observed(alive)), Submit::accepted); };
  submit(write(1));
  EXPECT_EQ(alive, 1);
  device.finish();
  EXPECT_EQ(alive, 1);
  kept->release();
  EXPECT_EQ(alive, 0);
  submit(throw_in_fill());
  EXPECT_EQ(alive, 1);
  submit(write(1, Fate::fail_to_start));  // its result takes the place of the one before
  EXPECT_EQ(alive, 1);
  submit(write(1, Fate::fail_to_infer));
  device.finish();
  EXPECT_EQ(alive, 1);
  kept.reset();
  EXPECT_EQ(alive, 0);
}

TEST(Result, DestroysTheUserdataWithoutALock) {
  ScriptedDevice device(0);
  int destroyed = 0;
  ScriptedQueue<std::shared_ptr<void>> queue(scripted_requests(&device, 1));
  submitted(queue.start_async(write(1), std::shared_ptr<void>(nullptr, [&](void*) {
                                EXPECT_EQ(queue.counts().idle, 0u);  // needs the queue's lock
                                ++destroyed;
                              })));
  device.finish();
  EXPECT_EQ(destroyed, 1);
}

TEST(Result, ForgetsItsErrorWhenTheLeaseEnds) {
  struct Owner : std::runtime_error {
    explicit Owner(std::shared_ptr<int> o) : std::runtime_error("owner"), owned(std::move(o)) {}
    std::shared_ptr<int> owned;
  };
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  const auto owned = std::make_shared<int>(1);
  std::optional<ScriptedResult<>> kept;
  queue.set_callback([&](ScriptedResult<> result) { kept = std::move(result); });
  submitted(queue.start_async([&](ScriptedInputs) { throw Owner(owned); }));
  EXPECT_EQ(owned.use_count(), 2);
  kept.reset();
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Result, OutlivesTheQueue) {
  ScriptedDevice device(1);
  std::optional<ScriptedResult<long>> kept;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 2));
    queue.set_callback([&](ScriptedResult<long> result) { kept = std::move(result); });
    submitted(queue.start_async(write(5), 5));
    queue.wait_all();
  }
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept->output(0).data, output_of(5));
  std::thread([&] { kept->release(); }).join();
  device.wait_until_unused();  // a result that is released holds nothing
}

// openvino#34367: does waiting wait for the callback?
TEST(AsyncInferQueue, WaitAllWaitsForCallbacksThatReleasedTheirResultEarly) {
  ScriptedDevice device(2);
  ScriptedQueue<> queue(scripted_requests(&device, 4));
  std::atomic<int> ended = 0;
  queue.set_callback([&](ScriptedResult<> result) {
    result.release();
    std::this_thread::yield();
    ++ended;
  });
  for (int round = 1; round <= 1000; ++round) {
    for (int item = 0; item < 4; ++item) submitted(queue.start_async(write(item)));
    queue.wait_all();
    ASSERT_EQ(ended, 4 * round);
  }
}

TEST(AsyncInferQueue, DestroysAReplacedCallbackWithoutALock) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  auto kept = std::make_shared<std::optional<ScriptedResult<>>>();
  queue.set_callback([kept](ScriptedResult<> result) { kept->emplace(std::move(result)); });
  submitted(queue.start_async(write(1)));
  device.finish();
  kept.reset();                 // now the callback alone holds the result,
  queue.set_callback(nullptr);  // and the result's end needs the queue's lock
  EXPECT_EQ(queue.counts().idle, 1u);
}

// Who releases a result notifies after its request is idle: meanwhile that may be taken, used, and the queue destroyed.
TEST(Result, MayStillBeReleasedWhenItsQueueIsDestroyed) {
  for (int round = 0; round < 300; ++round) {
    ScriptedDevice device(0);
    std::optional<ScriptedResult<>> held;
    auto queue = std::make_unique<ScriptedQueue<>>(scripted_requests(&device, 1));
    queue->set_callback([&](ScriptedResult<> result) { held.emplace(std::move(result)); });
    submitted(queue->start_async(write(1)));
    device.finish();
    std::jthread releasing([result = std::move(*held)]() mutable { result.release(); });
    held.reset();
    submitted(queue->start_async(write(2)));
    device.finish();
    held.reset();
    queue.reset();
    releasing.join();
    device.wait_until_unused();  // the last of the two has destroyed the requests
  }
}

}  // namespace
}  // namespace inflight
