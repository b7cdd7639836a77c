#include "inflight/base/progress.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace inflight {
namespace {

TEST(Progress, CountsTheStepsOfAllThreads) {
  Progress progress;
  progress.begin("work", 4000);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int step = 0; step < 1000; ++step) progress.add();
      });
    }
  }
  const Progress::Snapshot snapshot = progress.snapshot();
  EXPECT_EQ(snapshot.phase, "work");
  EXPECT_EQ(snapshot.done, 4000);
  EXPECT_EQ(snapshot.total, 4000);
  EXPECT_EQ(snapshot.seconds_left(), 0);
}

TEST(Progress, BeginsEveryPhaseAtZero) {
  Progress progress;
  progress.begin("one", 10);
  progress.add(7);
  progress.begin("two", 0);
  EXPECT_EQ(progress.snapshot().done, 0);
  EXPECT_EQ(progress.snapshot().phase, "two");
}

TEST(Progress, TellsRateAndTimeLeft) {
  const Progress::Snapshot half{"work", 50, 100, Seconds(2)};
  EXPECT_DOUBLE_EQ(half.rate(), 25);
  EXPECT_DOUBLE_EQ(half.seconds_left(), 2);
}

TEST(Progress, TellsNothingBeforeTheFirstStepOrWithoutATotal) {
  EXPECT_EQ((Progress::Snapshot{"work", 0, 100, Seconds(2)}.seconds_left()), 0);
  EXPECT_EQ((Progress::Snapshot{"work", 5, 0, Seconds(2)}.seconds_left()), 0);
  EXPECT_EQ((Progress::Snapshot{"work", 0, 0, Seconds(0)}.rate()), 0);
}

}  // namespace
}  // namespace inflight
