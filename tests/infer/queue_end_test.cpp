// The end of a queue while others are at work in it.
#include <atomic>
#include <thread>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

// Some of the submitters have left and some have not when the request becomes idle. What they touch on their way out is
// for the thread sanitizer to see.
TEST(Destructor, SendsAllWaitingSubmittersAwayAlsoWhenARequestBecomesIdleMeanwhile) {
  for (int round = 0; round < 200; ++round) {
    ScriptedDevice device(0);
    std::atomic<int> stopped = 0;
    std::vector<std::jthread> threads;
    {
      ScriptedQueue<> queue(scripted_requests(&device, 1));
      queue.start_async(write(1));
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

}  // namespace
}  // namespace inflight
