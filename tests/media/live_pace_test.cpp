// When frames are given out that come some seconds' worth at a time.
#include "live_pace.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(LivePace, GivesTheFirstFrameAtOnceAndTheOthersAtTheirDistances) {
  LivePace pace;
  const TimePoint now{seconds(100)};
  EXPECT_EQ(pace.due(seconds(7), now), now) << "whatever its time";
  EXPECT_EQ(pace.due(seconds(7) + milliseconds(40), now), now + milliseconds(40));
  EXPECT_EQ(pace.due(seconds(9), now + milliseconds(1)), now + seconds(2));
}

TEST(LivePace, WhatComesALittleLateIsGivenAtOnceAndDelaysNothing) {
  LivePace pace;
  const TimePoint now{seconds(100)};
  pace.due(seconds(0), now);
  EXPECT_EQ(pace.due(seconds(1), now + milliseconds(1300)), now + milliseconds(1300));
  EXPECT_EQ(pace.due(seconds(2), now + milliseconds(1300)), now + seconds(2));
}

TEST(LivePace, AfterAGapTheBundleThatFollowsIsSpreadToo) {
  LivePace pace;
  const TimePoint now{seconds(100)};
  pace.due(seconds(0), now);
  const TimePoint late = now + seconds(30);
  EXPECT_EQ(pace.due(seconds(1), late), late);
  EXPECT_EQ(pace.due(seconds(2), late), late + seconds(1));
}

TEST(LivePace, TimesThatJumpAreNotWaitedFor) {
  LivePace pace;
  const TimePoint now{seconds(100)};
  pace.due(seconds(0), now);
  EXPECT_EQ(pace.due(std::chrono::hours(9), now), now);
  EXPECT_EQ(pace.due(std::chrono::hours(9) + seconds(1), now), now + seconds(1));
}

}  // namespace
}  // namespace inflight
