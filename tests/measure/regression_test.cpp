#include "inflight/measure/regression.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

namespace inflight {
namespace {

constexpr Allowance usual{.allow = 0.03, .detect = 0.10, .risk = 0.01};

/// Figures that scatter by `noise`, now and then by ten times that, as on a machine that is disturbed.
class Noise {
 public:
  std::vector<double> figures(double level, double noise, std::size_t count) {
    std::vector<double> figures(count);
    for (double& figure : figures) {
      figure = level * std::exp(noise * (uniform_(random_) < 0.05 ? 10 : 1) * normal_(random_));
    }
    return figures;
  }
  double normal() { return normal_(random_); }

 private:
  std::mt19937_64 random_{23};
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_;
};

TEST(Regression, OfPairsIsTheTrimmedMeanOfTheirLogarithms) {
  const std::vector<double> before{100, 100, 100, 100, 100};
  const std::vector<double> after{90, 95, 95, 95, 700};  // of five, one at each end is left out
  const Change change = paired_change(before, after);
  EXPECT_NEAR(change.estimate, std::log(0.95), 1e-12);
  EXPECT_NEAR(change.error, 0, 1e-12);
  EXPECT_EQ(change.degrees, 2);
  EXPECT_EQ(change.rounds, 5U);
}

TEST(Regression, OfRunsIsYuensComparison) {
  // By hand: of seven one is left out at each end; winsorised squares 0.01, over 5 times 4.
  std::vector<double> before, after;
  for (const double value : {-9.0, -0.05, 0.0, 0.0, 0.0, 0.05, 9.0}) {
    before.push_back(std::exp(value));
    after.push_back(std::exp(value - 0.1));
  }
  const Change change = unpaired_change(before, after, 0.01);
  EXPECT_NEAR(change.estimate, -0.1, 1e-12);
  EXPECT_NEAR(change.error, std::sqrt(2 * 0.01 / 20), 1e-12);
  EXPECT_NEAR(change.fixed, std::sqrt(2) * 0.01, 1e-12);
  EXPECT_GT(change.degrees, 4);
  EXPECT_LT(change.degrees, 30);
}

TEST(Regression, GivesValuesWhoseRatioIsTheChange) {
  // The medians, 110 and 100, know nothing of pairs.
  const std::vector<double> before{50, 100, 110, 120, 400}, after{60, 70, 100, 110, 390};
  const Change paired = paired_change(before, after);
  EXPECT_NEAR(paired.new_value / paired.old_value, std::exp(paired.estimate), 1e-12);
  EXPECT_NEAR(paired.old_value, std::cbrt(110.0 * 120 * 400), 1e-9) << "of the three pairs that are kept";
  const Change unpaired = unpaired_change(before, after, 0.01);
  EXPECT_NEAR(unpaired.new_value / unpaired.old_value, std::exp(unpaired.estimate), 1e-12);
  EXPECT_NEAR(unpaired.old_value, std::cbrt(100.0 * 110 * 120), 1e-9);
}

TEST(Regression, DecidesByTheWholeInterval) {
  const auto decision = [](double estimate, double error) {
    return judge({.estimate = estimate, .error = error, .degrees = 20, .rounds = 21}, usual).decision;
  };
  EXPECT_EQ(decision(std::log(0.90), 0.01), Decision::regressed);
  EXPECT_EQ(decision(std::log(0.95), 0.01), Decision::undecided);
  EXPECT_EQ(decision(std::log(0.95), 0.005), Decision::regressed);
  EXPECT_EQ(decision(std::log(0.98), 0.01), Decision::within);
  EXPECT_EQ(decision(0, 0.01), Decision::within);
  EXPECT_EQ(decision(0, 0.02), Decision::undecided) << "one of 10 % could have been missed";
  EXPECT_EQ(decision(std::log(1.3), 0.05), Decision::within) << "faster is never a regression";
}

TEST(Regression, ABiasWidensTheInterval) {
  Change change{.estimate = std::log(0.90), .error = 0.005, .degrees = 20, .rounds = 21};
  EXPECT_EQ(judge(change, usual).decision, Decision::regressed);
  change.bias = 0.08;
  EXPECT_EQ(judge(change, usual).decision, Decision::undecided);
}

TEST(Regression, SaysHowManyRoundsWouldTell) {
  Change change{.estimate = std::log(0.95), .error = 0.01, .degrees = 20, .rounds = 20};
  const double needed = judge(change, usual).rounds_needed;
  EXPECT_GT(needed, 40);
  EXPECT_LT(needed, 80);
  // With as many, at the same scatter, it does.
  change.error *= std::sqrt(20 / needed);
  EXPECT_EQ(judge(change, usual).decision, Decision::regressed);
  change.fixed = 0.02;  // what no round makes smaller is too much
  EXPECT_TRUE(std::isinf(judge(change, usual).rounds_needed));
}

TEST(Regression, RefusesWhatSaysNothing) {
  const std::vector<double> good{1, 2, 3}, few{1, 2}, zero{1, 0, 1};
  EXPECT_THROW(paired_change(few, few), std::invalid_argument);
  EXPECT_THROW(paired_change(good, few), std::invalid_argument);
  EXPECT_THROW(paired_change(good, zero), std::invalid_argument);
  EXPECT_THROW(unpaired_change(good, few, 0.01), std::invalid_argument);
  EXPECT_THROW(unpaired_change(good, std::vector{1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}, 0.01),
               std::invalid_argument);
}

TEST(Regression, TheSameAgainstItselfIsCalledOneAtMostOnceInAHundred) {
  Noise noise;
  constexpr int trials = 2000;
  int alarms = 0, alarms_at_the_allowance = 0;
  for (int i = 0; i < trials; ++i) {
    const auto run = [&](double level) { return noise.figures(level * std::exp(0.01 * noise.normal()), 0.03, 12); };
    alarms += judge(unpaired_change(run(1), run(1), 0.01), usual).decision == Decision::regressed;
    alarms_at_the_allowance += judge(unpaired_change(run(1), run(0.97), 0.01), usual).decision == Decision::regressed;
  }
  EXPECT_LE(alarms, trials / 100);
  // Where the change is just the allowance, the risk is what was asked for.
  EXPECT_LE(alarms_at_the_allowance, 2 * trials / 100);
}

TEST(Regression, FindsASlowdownOfTenInHundredInTwoRuns) {
  Noise noise;
  constexpr int trials = 500;
  int found = 0;
  for (int i = 0; i < trials; ++i) {
    const auto run = [&](double level) { return noise.figures(level * std::exp(0.01 * noise.normal()), 0.015, 12); };
    found += judge(unpaired_change(run(1), run(0.9), 0.01), {0.03, 0.10, 0.01 / 3}).decision == Decision::regressed;
  }
  EXPECT_GE(found, 0.95 * trials);
}

}  // namespace
}  // namespace inflight
