#include "live_clock.hpp"

#include <gtest/gtest.h>

#include "rate_meter.hpp"

namespace inflight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(LiveClock, CountsFromTheFirstFrameInTheStreamsOwnSteps) {
  LiveClock clock;
  const TimePoint now;
  EXPECT_EQ(clock.time(seconds(1000), now), seconds(0));
  EXPECT_EQ(clock.time(seconds(1000) + milliseconds(40), now + milliseconds(55)), milliseconds(40));
  EXPECT_EQ(clock.time(seconds(1000) + milliseconds(80), now + milliseconds(56)), milliseconds(80));
}

TEST(LiveClock, GoesOnWhereAReconnectedStreamCountsFromZero) {
  LiveClock clock;
  const TimePoint now;
  clock.time(seconds(0), now);
  clock.time(seconds(5), now + seconds(5));
  clock.reconnect();
  EXPECT_EQ(clock.time(seconds(0), now + seconds(8)), seconds(8)) << "the gap counts";
  EXPECT_EQ(clock.time(milliseconds(40), now + seconds(9)), seconds(8) + milliseconds(40));
}

TEST(LiveClock, NeverGoesBack) {
  LiveClock clock;
  const TimePoint now;
  clock.time(seconds(0), now);
  const auto ahead = clock.time(seconds(60), now + seconds(1));  // a file that was read as quick as could be
  clock.reconnect();
  const auto after = clock.time(seconds(0), now + seconds(2));
  EXPECT_GT(after, ahead);
  EXPECT_GT(clock.time(seconds(0), now + seconds(3)), after) << "the same stamp twice";
  EXPECT_GT(clock.time(seconds(-50), now + seconds(3)), after) << "a stamp that jumped back";
}

TEST(LiveClock, TakesTheArrivalWhereTheStreamHasNoStamps) {
  LiveClock clock;
  const TimePoint now;
  EXPECT_EQ(clock.time(std::nullopt, now), seconds(0));
  EXPECT_EQ(clock.time(std::nullopt, now + milliseconds(33)), milliseconds(33));
}

TEST(RateMeter, TellsTheRateOfTheLastTwoSeconds) {
  RateMeter meter;
  const TimePoint now;
  EXPECT_EQ(meter.rate(now), 0);
  meter.add(now);
  EXPECT_EQ(meter.rate(now), 0);
  for (int i = 1; i <= 100; ++i) meter.add(now + milliseconds(100 * i));  // 10 seconds at 10
  EXPECT_NEAR(meter.rate(now + seconds(10)), 10, 1e-9);
  for (int i = 1; i <= 90; ++i) meter.add(now + seconds(10) + milliseconds(33 * i));  // 3 seconds at 30
  EXPECT_NEAR(meter.rate(now + seconds(13)), 1000.0 / 33, 1e-9);
  EXPECT_EQ(meter.rate(now + seconds(16)), 0) << "nothing came";
}

TEST(RateMeter, CountsMoreTimesThanItKeeps) {
  RateMeter meter;
  const TimePoint now;
  for (int i = 0; i < 2000; ++i) meter.add(now + milliseconds(i));
  EXPECT_NEAR(meter.rate(now + seconds(2)), 1000, 1e-9);
}

}  // namespace
}  // namespace inflight
