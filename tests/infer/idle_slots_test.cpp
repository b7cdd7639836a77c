// Who gets the slot that becomes idle, threads or the line of coroutines: step by step, where a real thread is in no
// hurry; and when all who wait have left.
#include "inflight/infer/detail/idle_slots.hpp"

#include <chrono>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "inflight/infer/detail/slot_board.hpp"
#include "scripted_request.hpp"

namespace inflight {
namespace {

struct Place {
  using Taker = void;
};

/// One that waits without a thread.
struct Waiting final : detail::SlotTaker<Place> {
  Place* got = nullptr;
  void take(Place* place) noexcept override { got = place; }
};

struct Slots : detail::IdleSlots<Place> {
  Slots() : IdleSlots(4) {}
  using IdleSlots::begin_wait;
  using IdleSlots::end_wait;
  using IdleSlots::wait;

  /// As the board does.
  void release(Place& place) {
    if (auto* taker = next_taker()) return taker->take(&place);
    put(place);
  }
};

TEST(IdleSlots, AThreadThatIsStoppedTakesWhatWasLeftForIt) {
  Slots slots;
  Place place, other;
  Waiting in_line;
  slots.begin_wait();
  slots.enqueue(in_line);
  slots.release(place);  // the thread has seen the stop already, and is away to unmake its callback
  EXPECT_EQ(in_line.got, nullptr);
  EXPECT_EQ(slots.end_wait({nullptr, Submit::stopped}), (Slots::Answer{&place, Submit::accepted}));
  slots.release(other);
  EXPECT_EQ(in_line.got, &other);
  EXPECT_EQ(slots.waiting(), 0u);
}

TEST(IdleSlots, TheLineGetsWhatNoThreadWants) {
  Slots slots;
  Place places[3];
  Waiting first, second;
  slots.begin_wait();
  slots.enqueue(first);
  slots.enqueue(second);
  slots.release(places[0]);  // the thread's, which is slow to wake up
  slots.release(places[1]);
  slots.release(places[2]);
  EXPECT_EQ(first.got, &places[1]);
  EXPECT_EQ(second.got, &places[2]);
  EXPECT_EQ(slots.end_wait({nullptr, Submit::timed_out}).first, &places[0]);
}

TEST(IdleSlots, TheLineBeginsAnewAfterItWasEmpty) {
  Slots slots;
  Place places[2];
  Waiting first, second;
  slots.enqueue(first);
  slots.release(places[0]);
  slots.enqueue(second);
  EXPECT_EQ(first.next_taker, nullptr);
  ASSERT_NE(first.got, nullptr);
  slots.release(places[1]);
  EXPECT_EQ(second.got, &places[1]);
}

TEST(IdleSlots, TheLineGetsWhatBecomesIdleWhileAThreadLeavesWithItsOwn) {
  Slots slots;
  Place place, other;
  Waiting in_line;
  std::mutex mutex;
  std::unique_lock lock(mutex);
  slots.begin_wait();
  slots.put(place);
  const auto answer = slots.wait(lock, Until());
  slots.enqueue(in_line);
  slots.release(other);  // while the thread unmakes its stop callback
  EXPECT_EQ(in_line.got, &other);
  EXPECT_EQ(slots.end_wait(answer).first, &place);
}

TEST(IdleSlots, NoCoroutineOvertakesAThreadThatWasWoken) {
  Slots slots;
  Place place, other;
  slots.begin_wait();
  slots.put(place);
  EXPECT_EQ(slots.take_beside_threads(), nullptr);
  slots.put(other);
  EXPECT_EQ(slots.take_beside_threads(), &other);
  EXPECT_EQ(slots.end_wait({nullptr, Submit::timed_out}).first, &place);
  slots.put(place);
  EXPECT_EQ(slots.take_beside_threads(), &place);
}

// Its stop callback waits for the lock on the thread that asks to stop, and unmaking it waits for the callback.
TEST(IdleSlots, AThreadThatGetsItsSlotWhileItIsStoppedUnmakesItsCallbackWithoutTheLock) {
  for (int round = 0; round < 300; ++round) {
    Slots slots;
    Place place;
    std::mutex mutex;
    std::stop_source source;
    std::jthread waiting([&] {
      std::unique_lock lock(mutex);
      EXPECT_EQ(slots.wait_and_take(lock, Until(source.get_token())).first, &place);
    });
    std::unique_lock lock(mutex);
    while (slots.waiting_threads() == 0) {
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    slots.put(place);
    if (slots.wants_notify()) slots.notify();
    const std::jthread stopping([&] { source.request_stop(); });
    while (!source.stop_requested()) std::this_thread::yield();
    lock.unlock();  // both want it
  }
}

TEST(SlotBoard, GivesNothingUpThatHasJustEnded) {
  ScriptedDevice device(0);
  detail::SlotBoard<detail::Slot<long, ScriptedRequest>> board(scripted_requests(&device, 1), 0);
  auto* slot = board.acquire({}, nullptr).first;
  slot->phase = detail::Phase::finished;
  auto lock = board.lock();
  EXPECT_FALSE(board.abandon(*slot, lock));
  EXPECT_EQ(slot->phase, detail::Phase::finished);
}

TEST(SlotBoard, HasNobodyWaitingWhenAllHaveLeft) {
  for (int round = 0; round < 20; ++round) {
    ScriptedDevice device(0);
    detail::SlotBoard<detail::Slot<long, ScriptedRequest>> board(scripted_requests(&device, 1), 0);
    (void)board.acquire({}, nullptr);
    board.end();  // delivered, and the result is kept
    std::vector<std::jthread> submitters;
    for (int i = 0; i < 4; ++i) {
      submitters.emplace_back([&] { EXPECT_EQ(board.acquire({}, nullptr).second, Submit::stopped); });
    }
    while (board.counts().waiting_submitters < 4) std::this_thread::yield();
    board.close();
    EXPECT_TRUE(board.wait_until_left(std::chrono::hours(1)));
    EXPECT_EQ(board.counts().waiting_submitters, 0u);
  }
}

}  // namespace
}  // namespace inflight
