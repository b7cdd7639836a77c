#include "inflight/measure/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

namespace inflight {
namespace {

// n, n - 1, ... 1: unsorted on purpose, and the k-th smallest is k.
std::vector<double> countdown(int n) {
  std::vector<double> samples(static_cast<std::size_t>(n));
  std::iota(samples.rbegin(), samples.rend(), 1.0);
  return samples;
}

struct Expected {
  int samples;
  double median, low, high, coverage;
};

class MedianInterval : public testing::TestWithParam<Expected> {};

TEST_P(MedianInterval, IsTheOrderStatisticsThatTheBinomialSays) {
  const auto& expected = GetParam();
  const auto interval = median_interval(countdown(expected.samples));
  EXPECT_DOUBLE_EQ(interval.median, expected.median);
  EXPECT_DOUBLE_EQ(interval.low, expected.low);
  EXPECT_DOUBLE_EQ(interval.high, expected.high);
  EXPECT_NEAR(interval.coverage, expected.coverage, 1e-12);
}

// Coverages by hand: 1 - 2 * (sum of C(n, i) for i < k) / 2^n. That of 100 is the textbook's 40th to 61st.
INSTANTIATE_TEST_SUITE_P(Sizes, MedianInterval,
                         testing::Values(Expected{1, 1, 1, 1, 0}, Expected{2, 1.5, 1, 2, 0.5},
                                         Expected{3, 2, 1, 3, 0.75}, Expected{5, 3, 1, 5, 0.9375},
                                         Expected{6, 3.5, 1, 6, 0.96875}, Expected{7, 4, 1, 7, 0.984375},
                                         Expected{8, 4.5, 1, 8, 0.9921875}, Expected{9, 5, 2, 8, 1 - 2 * 10 / 512.0},
                                         Expected{12, 6.5, 3, 10, 1 - 2 * 79 / 4096.0},
                                         Expected{100, 50.5, 40, 61, 0.9647997997822952}),
                         [](const auto& parameter) { return "Of" + std::to_string(parameter.param.samples); });

TEST(Statistics, IntervalStaysSoundForManySamples) {
  const auto interval = median_interval(countdown(5000));
  EXPECT_GE(interval.coverage, 0.95);
  EXPECT_LT(interval.coverage, 0.953);
  // The normal approximation: 2500.5 -+ 1.96 * sqrt(5000) / 2.
  EXPECT_NEAR(interval.low, 2431, 2);
  EXPECT_NEAR(interval.high, 2570, 2);
}

TEST(Statistics, IntervalHoldsTheTrueMedianAsOftenAsItSaysOfSkewedNoise) {
  std::mt19937_64 random(1);
  constexpr int trials = 20'000;
  int held = 0;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<double> samples(9);
    for (auto& sample : samples) sample = -std::log((static_cast<double>(random() >> 11) + 0.5) * 0x1p-53);
    const auto interval = median_interval(samples);
    if (interval.low <= std::log(2.0) && std::log(2.0) <= interval.high) ++held;
  }
  EXPECT_NEAR(static_cast<double>(held) / trials, 0.9609, 0.006);
}

TEST(Statistics, MedianIsTheMiddleOrTheMeanOfTheMiddleTwo) {
  EXPECT_EQ(median_of(std::vector{3.0, 1.0, 2.0}), 2);
  EXPECT_EQ(median_of(std::vector{4.0, 1.0, 3.0, 2.0}), 2.5);
  EXPECT_EQ(median_of(std::vector{7.0}), 7);
  constexpr double huge = std::numeric_limits<double>::max();
  EXPECT_EQ(median_of(std::vector{huge, huge}), huge);
}

TEST(Statistics, RatioIsTakenPairByPair) {
  // The machine slows down by a factor of 100; each pair still says 2.
  const std::vector<double> sync{100, 50, 10, 5, 2, 1};
  const std::vector<double> queue{200, 100, 20, 10, 4, 2};
  const auto ratio = ratio_interval(queue, sync);
  EXPECT_DOUBLE_EQ(ratio.median, 2);
  EXPECT_DOUBLE_EQ(ratio.low, 2);
  EXPECT_DOUBLE_EQ(ratio.high, 2);
  EXPECT_NEAR(ratio.coverage, 0.96875, 1e-12);
}

TEST(Statistics, RefusesWhatHasNoAnswer) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> none, one{1}, two{1, 2}, zero{0}, negative{-1}, not_a_number{nan};
  EXPECT_THROW(median_of(none), std::invalid_argument);
  EXPECT_THROW(median_interval(none), std::invalid_argument);
  EXPECT_THROW(median_interval(not_a_number), std::invalid_argument);
  EXPECT_THROW(ratio_interval(none, none), std::invalid_argument);
  EXPECT_THROW(ratio_interval(one, two), std::invalid_argument);
  EXPECT_THROW(ratio_interval(one, zero), std::invalid_argument);
  EXPECT_THROW(ratio_interval(one, negative), std::invalid_argument);
  EXPECT_THROW(ratio_interval(one, not_a_number), std::invalid_argument);
}

}  // namespace
}  // namespace inflight
