// The end of a queue while others are at work in it.
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Destructor, CancelsAndDeliversWhatIsInFlight) {
  ScriptedDevice device(0);
  Endings endings;
  std::thread finishing;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 2));
    queue.set_callback(endings.callback());
    submitted(queue.start_async(write(1), 1));
    submitted(queue.start_async(write(2), 2));
    finishing = std::thread([&device] {
      device.wait_until_cancelled(2);
      device.finish();
      device.finish();
    });
  }
  finishing.join();
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}, {2, Outcome::cancelled}}));
}

TEST(Destructor, WaitsForEverWhenTheGraceIsAsLongAsCanBe) {
  ScriptedDevice device(0);
  Endings endings;
  std::jthread finishing;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 1), {.shutdown_grace = Clock::duration::max()});
    queue.set_callback(endings.callback());
    submitted(queue.start_async(write(1), 1));
    finishing = std::jthread([&device] {
      device.wait_until_cancelled(1);
      for (int i = 0; i < 100; ++i) std::this_thread::yield();  // where it did not wait, it gives up meanwhile
      device.finish();
    });
  }
  EXPECT_EQ(endings.all(), (std::multimap<long, Outcome>{{1, Outcome::cancelled}}));
}

// ultralytics#25921, #25923: programs hung in waits without an end. openvino#30642: how to time out without hanging.
TEST(Destructor, LeavesAStuckRequestToAReaperAfterTheGrace) {
  ScriptedDevice device(0);
  Endings endings;
  const auto owned = std::make_shared<int>(1);
  std::atomic<int> delivered = 0;
  {
    ScriptedQueue<std::shared_ptr<int>> queue(scripted_requests(&device, 2), {.shutdown_grace = milliseconds(1)});
    queue.set_callback([&](const ScriptedResult<std::shared_ptr<int>>& result) {
      EXPECT_EQ(result.outcome(), Outcome::timed_out);
      ++delivered;
    });
    submitted(queue.start_async(write(1), owned));
    submitted(queue.start_async(write(2), owned));
  }
  EXPECT_EQ(delivered, 2);
  EXPECT_EQ(owned.use_count(), 3);  // the device may still read what the userdata owns
  device.finish();
  device.finish();
  device.wait_until_unused();
  EXPECT_EQ(delivered, 2);
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Destructor, SendsWaitingSubmittersAway) {
  ScriptedDevice device(0);
  std::optional<Submit> answer;
  std::thread submitter;
  {
    ScriptedQueue<> queue(scripted_requests(&device, 1), {.shutdown_grace = milliseconds(1)});
    submitted(queue.start_async(write(1)));
    submitter = std::thread([&] { answer = queue.start_async(write(2)); });
    while (queue.counts().waiting_submitters == 0) std::this_thread::yield();
  }
  submitter.join();
  EXPECT_EQ(answer, Submit::stopped);
  device.finish();
  device.wait_until_unused();
}

TEST(Destructor, HearsOfTheLastSubmitterThatLeaves) {
  for (int round = 0; round < 20; ++round) {
    ScriptedDevice device(0);
    std::optional<ScriptedResult<>> held;
    std::jthread submitter;
    ScriptedQueue<> queue(scripted_requests(&device, 1), {.shutdown_grace = hours(1)});
    queue.set_callback([&](ScriptedResult<> result) { held.emplace(std::move(result)); });
    submitted(queue.start_async(write(1)));
    device.finish();  // nothing is in flight, and the only request is leased
    submitter = std::jthread([&] { EXPECT_EQ(queue.start_async(write(2)), Submit::stopped); });
    while (queue.counts().waiting_submitters == 0) std::this_thread::yield();
  }
}

Coroutine await_an_item(ScriptedQueue<long>& queue, std::optional<Submit>& answer) {
  auto fill = write(1);
  try {
    (void)co_await queue.infer(fill, 1);
  } catch (const NotAccepted& error) {
    answer = error.answer();
  }
}

TEST(Destructor, AnswersStoppedToEverySubmissionMeanwhile) {
  ScriptedDevice device(0);
  std::vector<std::optional<Submit>> answers(4);
  std::exception_ptr future_error;
  std::jthread finishing;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 2));  // one of them is idle
    queue.set_callback([&](ScriptedResult<long> result) {
      if (result.outcome() != Outcome::cancelled) return;
      answers[0] = queue.start_async(write(2), 2);
      answers[1] = queue.try_start_async(write(2), 2);
      await_an_item(queue, answers[2]);
      try {
        (void)queue.infer_future(write(2), 2).get();
      } catch (const NotAccepted& error) {
        answers[3] = error.answer();
      }
    });
    submitted(queue.start_async(write(1), 1));
    finishing = std::jthread([&device] {
      device.wait_until_cancelled(1);  // by the destructor
      device.finish();
    });
  }
  EXPECT_EQ(answers, std::vector<std::optional<Submit>>(4, Submit::stopped));
}

// openvino#37073, #24722: the destructor waited with a lock that the callbacks needed.
// model_server#3145: it did not wait for what a callback does last.
TEST(Destructor, WaitsForEveryItemAndEveryCallback) {
  for (int round = 0; round < 200; ++round) {
    ScriptedDevice device(2);
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    {
      ScriptedQueue<> queue(scripted_requests(&device, 4));
      queue.set_callback([&](ScriptedResult<> result) {
        ++begun;
        EXPECT_LE(queue.counts().in_flight, 4u);  // needs the queue's lock
        result.release();                         // the request is idle now, but the callback is not over
        std::this_thread::yield();
        ++ended;
      });
      for (int item = 0; item < 8; ++item) submitted(queue.start_async(write(item)));
    }
    ASSERT_EQ(begun, 8);
    ASSERT_EQ(ended, 8);
  }
}

TEST(Destructor, EndsAChainOfSubmissions) {
  ScriptedDevice device(1);
  std::atomic<long> accepted = 1;
  std::atomic<long> delivered = 0;
  std::optional<Submit> last;
  {
    ScriptedQueue<long> queue(scripted_requests(&device, 2));
    queue.set_callback([&](ScriptedResult<long> result) {
      ++delivered;
      const long next = result.userdata() + 1;
      last = queue.start_async(write(next), next);
      if (last == Submit::accepted) ++accepted;
    });
    submitted(queue.start_async(write(0), 0));
    while (delivered < 100) std::this_thread::yield();
  }
  EXPECT_EQ(last, Submit::stopped);
  EXPECT_EQ(delivered, accepted);
}

TEST(Destructor, MayRunInsideTheQueuesOwnCallback) {
  for (int round = 0; round < 100; ++round) {
    ScriptedDevice device(2);
    std::atomic<int> delivered = 0;
    auto queue = std::make_unique<ScriptedQueue<long>>(scripted_requests(&device, 3));
    auto& started = *queue;
    std::atomic<bool> all_submitted = false;
    started.set_callback([&](ScriptedResult<long> result) {
      ++delivered;
      if (result.userdata() != 0) return;
      while (!all_submitted) std::this_thread::yield();  // submitting to a queue that is destroyed is nobody's right
      queue.reset();
    });
    for (long item = 2; item >= 0; --item) submitted(started.start_async(write(item), item));
    all_submitted = true;
    device.wait_until_unused();
    ASSERT_EQ(delivered, 3);
  }
}

// Some of the submitters have left and some have not when the request becomes idle. What they touch on their way out is
// for the thread sanitizer to see.
TEST(Destructor, SendsAllWaitingSubmittersAwayAlsoWhenARequestBecomesIdleMeanwhile) {
  for (int round = 0; round < 200; ++round) {
    ScriptedDevice device(0);
    std::atomic<int> stopped = 0;
    std::vector<std::jthread> threads;
    {
      ScriptedQueue<> queue(scripted_requests(&device, 1));
      submitted(queue.start_async(write(1)));
      for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] { stopped += queue.start_async(write(2)) == Submit::stopped; });
      }
      while (queue.counts().waiting_submitters < 6) std::this_thread::yield();
      threads.emplace_back([&] {
        device.wait_until_cancelled(1);
        device.finish();
      });
    }
    threads.clear();
    ASSERT_EQ(stopped, 6);
  }
}

TEST(Destructor, StopsTheWatchdogBeforeAnythingIsGone) {
  for (int round = 0; round < 200; ++round) {
    ScriptedDevice device(1);
    ScriptedQueue<> queue(scripted_requests(&device, 64), {.watchdog = {.limit = Clock::duration(1), .spares = 0}});
    submitted(queue.start_async(write(1)));
  }
}

// openvino#10256: a callback that captures a request keeps it for ever.
TEST(Destructor, DropsTheCallbackAlsoWhenThatOwnsAResult) {
  ScriptedDevice device(0);
  const auto owned = std::make_shared<std::optional<ScriptedResult<>>>();
  {
    ScriptedQueue<> queue(scripted_requests(&device, 1));
    queue.set_callback([owned](ScriptedResult<> result) { owned->emplace(std::move(result)); });
    submitted(queue.start_async(write(1)));
    device.finish();
  }
  EXPECT_EQ(owned.use_count(), 1);
  EXPECT_EQ(*(*owned)->output(0).data, output_of(1));
  owned->reset();
  device.wait_until_unused();
}

TEST(Destructor, DropsEachFunctionThoughAResultOutlivesIt) {
  ScriptedDevice device(0);
  const auto owned = std::make_shared<int>(1);
  std::optional<ScriptedResult<>> kept;
  {
    ScriptedQueue<> queue(scripted_requests(&device, 1));
    queue.set_callback([&, owned](ScriptedResult<> result) { kept.emplace(std::move(result)); });
    queue.set_error_handler([owned](const std::exception_ptr&) {});
    queue.deliver_on([owned](const std::function<void()>& task) { task(); });
    submitted(queue.start_async(write(1)));
    device.finish();
  }
  ASSERT_TRUE(kept);
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Destructor, DropsTheCallbackWithoutALock) {
  ScriptedDevice device(0);
  {
    ScriptedQueue<> queue(scripted_requests(&device, 1));
    queue.set_callback([own = std::make_shared<std::optional<ScriptedResult<>>>()](ScriptedResult<> result) {
      own->emplace(std::move(result));  // its end needs the queue's lock
    });
    submitted(queue.start_async(write(1)));
    device.finish();
  }
  device.wait_until_unused();
}

}  // namespace
}  // namespace inflight
