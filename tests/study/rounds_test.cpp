#include "study/rounds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace inflight {
namespace {

TEST(Rounds, ThatAreGivenAreAllMeasured) {
  Rounds rounds(3, {}, 1);
  for (int done = 0; done < 3; ++done) EXPECT_TRUE(rounds.another(done, Seconds(1000), 0));
  EXPECT_FALSE(rounds.another(3, Seconds(1000), 1));
  EXPECT_EQ(rounds.ended_by(), "rounds");
}

TEST(Rounds, EndWhenTheIntervalsAreNarrowButNotBeforeSeven) {
  Rounds rounds({}, Seconds(60), 1);
  for (int done = 0; done < 7; ++done) EXPECT_TRUE(rounds.another(done, Seconds(done), 0.001));
  EXPECT_TRUE(rounds.another(7, Seconds(7), 0.021));
  EXPECT_FALSE(rounds.another(8, Seconds(8), 0.0199));
  EXPECT_EQ(rounds.ended_by(), "interval");
}

TEST(Rounds, BeginNoneThatWouldEndTooLate) {
  Rounds rounds({}, Seconds(10), 1);
  EXPECT_TRUE(rounds.another(0, Seconds(0), 0));
  EXPECT_TRUE(rounds.another(4, Seconds(8), 0));
  EXPECT_FALSE(rounds.another(4, Seconds(8.1), 0)) << "a fifth would end after 10.1 s";
  EXPECT_EQ(rounds.ended_by(), "time");
  Rounds fixed(100, Seconds(10), 1);
  EXPECT_FALSE(fixed.another(4, Seconds(8.1), 0));
  EXPECT_EQ(fixed.ended_by(), "time");
}

TEST(Rounds, TakeEveryOrderEquallyOften) {
  Rounds rounds({}, {}, 7);
  std::map<std::vector<std::size_t>, int> seen;
  constexpr int trials = 6000;
  for (int i = 0; i < trials; ++i) ++seen[rounds.order(3)];
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [order, count] : seen) EXPECT_NEAR(count, trials / 6, 150) << testing::PrintToString(order);
}

TEST(Rounds, OfTheSameSeedHaveTheSameOrders) {
  Rounds one({}, {}, 5), same({}, {}, 5), other({}, {}, 6);
  bool differs = false;
  for (int i = 0; i < 10; ++i) {
    const auto order = one.order(6);
    EXPECT_EQ(order, same.order(6));
    differs |= order != other.order(6);
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace inflight
