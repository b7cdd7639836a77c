#include "inflight/measure/bootstrap.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

namespace inflight {
namespace {

TEST(Bootstrap, IsTheSameForTheSameSeed) {
  const std::vector<double> samples{3.1, 2.9, 3.4, 3.0, 2.7, 3.2, 3.3, 2.8, 3.05, 3.15};
  const Interval one = bootstrap_interval(samples, 5), same = bootstrap_interval(samples, 5);
  EXPECT_EQ(one.low, same.low);
  EXPECT_EQ(one.high, same.high);
  EXPECT_EQ(one.median, median_of(samples));
  EXPECT_LT(one.low, one.median);
  EXPECT_GT(one.high, one.median);
  EXPECT_DOUBLE_EQ(one.coverage, 0.95);
}

TEST(Bootstrap, OfFewSamplesIsTheirRangeWithTheCoverageThatThisHas) {
  const std::vector<double> samples{3, 1, 2};
  const Interval interval = bootstrap_interval(samples, 1);
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 3);
  EXPECT_DOUBLE_EQ(interval.coverage, 0.75);
  EXPECT_EQ(bootstrap_interval(std::vector{7.0}, 1).coverage, 0);
}

TEST(Bootstrap, OfPairsIsThatOfTheirRatios) {
  const std::vector<double> a{2, 4, 9, 8, 10, 12, 15}, b{1, 2, 3, 4, 5, 6, 5}, ratios{2, 2, 3, 2, 2, 2, 3};
  const Interval pairs = bootstrap_ratio_interval(a, b, 3), direct = bootstrap_interval(ratios, 3);
  EXPECT_EQ(pairs.low, direct.low);
  EXPECT_EQ(pairs.high, direct.high);
  EXPECT_EQ(pairs.median, 2);
}

TEST(Bootstrap, RefusesWhatHasNoInterval) {
  EXPECT_THROW(bootstrap_interval({}, 1), std::invalid_argument);
  EXPECT_THROW(bootstrap_interval(std::vector{1.0, std::numeric_limits<double>::quiet_NaN()}, 1),
               std::invalid_argument);
  EXPECT_THROW(bootstrap_ratio_interval(std::vector{1.0}, std::vector{0.0}, 1), std::invalid_argument);
  EXPECT_THROW(bootstrap_ratio_interval(std::vector{1.0}, std::vector{1.0, 2.0}, 1), std::invalid_argument);
}

TEST(Bootstrap, HalfWidthIsRelative) {
  EXPECT_NEAR(relative_half_width({2, 1.9, 2.1, 0.95}), 0.05, 1e-12);
  EXPECT_EQ(relative_half_width({2, 2, 2, 0}), 0) << "one sample";
  EXPECT_EQ(relative_half_width({}), 0);
}

// How often the interval holds the true median, for the noise of a quiet machine, of one that is now and then
// disturbed, and of one with a long tail; with the fewest rounds and with more.
TEST(Bootstrap, CoversTheTrueMedianAsOftenAsItSays) {
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  const std::vector<std::function<double()>> noises{
      [&] { return 2 + 0.02 * normal(random); },
      [&] { return 2 + (uniform(random) < 0.2 ? 0.2 : 0.02) * normal(random); },
      [&] { return 2 * std::exp(0.1 * normal(random)); },
  };
  constexpr int trials = 200;
  for (const auto& noise : noises) {
    for (const std::size_t rounds : {std::size_t{7}, std::size_t{12}, std::size_t{25}}) {
      int covered = 0;
      for (int i = 0; i < trials; ++i) {
        std::vector<double> samples(rounds);
        for (double& sample : samples) sample = noise();
        const Interval interval = bootstrap_interval(samples, 17);
        covered += interval.low <= 2 && 2 <= interval.high;
      }
      // Three standard deviations of the count below 95 %.
      EXPECT_GE(covered, 0.95 * trials - 3 * std::sqrt(trials * 0.95 * 0.05)) << rounds << " rounds";
    }
  }
}

}  // namespace
}  // namespace inflight
