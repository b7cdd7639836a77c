#include "inflight/base/latest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace inflight {
namespace {

TEST(Latest, GivesTheNewestAndSaysWhatWasReplacedUnread) {
  Latest<int> latest;
  EXPECT_FALSE(latest.put(1));
  EXPECT_TRUE(latest.put(2));
  EXPECT_TRUE(latest.put(3));
  EXPECT_EQ(latest.take(), 3);
  EXPECT_FALSE(latest.put(4)) << "3 had been taken";
}

TEST(Latest, GivesEveryValueOnce) {
  Latest<int> latest;
  EXPECT_EQ(latest.try_take(), std::nullopt);
  latest.put(1);
  EXPECT_EQ(latest.try_take(), 1);
  EXPECT_EQ(latest.try_take(), std::nullopt);
}

TEST(Latest, LeavesThePreviousValueWithTheCaller) {
  Latest<std::unique_ptr<int>> latest;
  auto value = std::make_unique<int>(1);
  latest.put(std::move(value));
  EXPECT_EQ(value, nullptr);
  value = std::make_unique<int>(2);
  EXPECT_TRUE(latest.put(std::move(value)));
  ASSERT_NE(value, nullptr) << "what nobody took is to be filled again";
  EXPECT_EQ(*value, 1);

  auto spare = std::make_unique<int>(3);
  EXPECT_TRUE(latest.take(spare));
  EXPECT_EQ(*spare, 2);
  EXPECT_FALSE(latest.put(std::move(value)));
  ASSERT_NE(value, nullptr) << "what the taker left is to be filled again";
  EXPECT_EQ(*value, 3);
}

TEST(Latest, WaitsForAValue) {
  Latest<int> latest;
  std::jthread putter([&] { latest.put(7); });
  EXPECT_EQ(latest.take(), 7);
}

TEST(Latest, StopsWaitingWhenStopIsRequested) {
  Latest<int> latest;
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_EQ(latest.take(stop.get_token()), std::nullopt);
  int value = 5;
  EXPECT_FALSE(latest.take(value, stop.get_token()));
  EXPECT_EQ(value, 5);
}

TEST(Latest, GivesAWaitingValueAlthoughStopWasRequested) {
  Latest<int> latest;
  std::stop_source stop;
  stop.request_stop();
  latest.put(1);
  EXPECT_EQ(latest.take(stop.get_token()), 1);
}

TEST(Latest, ClosingEndsEveryWaitAndKeepsWhatWaits) {
  Latest<int> latest;
  std::atomic<int> ended = 0;
  {
    std::vector<std::jthread> takers;
    for (int i = 0; i < 3; ++i) takers.emplace_back([&] { ended += latest.take() == std::nullopt ? 1 : 0; });
    latest.close();
  }
  EXPECT_EQ(ended, 3);

  Latest<int> full;
  full.put(1);
  full.close();
  EXPECT_EQ(full.take(), 1);
  EXPECT_EQ(full.take(), std::nullopt);
}

TEST(Latest, TakesNothingInOnceClosed) {
  Latest<std::unique_ptr<int>> latest;
  latest.close();
  auto value = std::make_unique<int>(1);
  EXPECT_FALSE(latest.put(std::move(value)));
  EXPECT_NE(value, nullptr);
  EXPECT_EQ(latest.try_take(), std::nullopt);
}

TEST(Latest, BetweenThreadsEveryValueIsTakenOrReplaced) {
  constexpr int kValues = 20000;
  Latest<std::unique_ptr<int>> latest;
  std::vector<int> taken;
  std::jthread taker([&] {
    auto value = std::make_unique<int>(-1);
    while (latest.take(value)) taken.push_back(std::exchange(*value, -1));
  });
  int replaced = 0;
  auto value = std::make_unique<int>();
  for (int i = 0; i < kValues; ++i) {
    if (!value) value = std::make_unique<int>();
    *value = i;
    if (latest.put(std::move(value))) ++replaced;
  }
  latest.close();
  taker.join();
  EXPECT_EQ(static_cast<int>(taken.size()) + replaced, kValues);
  ASSERT_FALSE(taken.empty());
  EXPECT_EQ(taken.back(), kValues - 1);
  EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
}

}  // namespace
}  // namespace inflight
