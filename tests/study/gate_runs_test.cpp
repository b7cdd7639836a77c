#include "inflight/study/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>
#include <string>

#include "drifting_machine.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

GateRecord run(double new_speed, std::vector<GateSide>* sides = nullptr, GateRunsOptions options = {}) {
  DriftingMachine machine;
  double mood = 0;
  std::mt19937_64 random(9);
  std::normal_distribution<double> normal;
  options.seed = 3;
  Progress progress;
  return gate_runs(
      [&](GateSide side) {
        if (sides != nullptr) sides->push_back(side);
        mood += 0.01 * normal(random);  // what one run is like, the next is nearly
        CompareRecord record = machine.compare(1, 3);
        for (WayRecord& way : record.ways) {
          const double slower = side == GateSide::new_side && way.name == "queue" ? new_speed : 1;
          way.round_fps.assign(3, 500 * slower * std::exp(mood));
          way.fps = median_interval(way.round_fps);
        }
        return record;
      },
      options, progress, {});
}

TEST(GateRuns, DecideAsSoonAsTheyCan) {
  std::vector<GateSide> sides;
  EXPECT_EQ(run(1, &sides).outcome, GateOutcome::passed);
  EXPECT_EQ(sides.size() % 16, 0U) << "looked at after 8, 16, 32 pairs";
  const GateRecord slower = run(0.93);
  EXPECT_EQ(slower.outcome, GateOutcome::regressed);
  EXPECT_NEAR(slower.figures[1].judgement.change, -0.07, 0.02);
}

TEST(GateRuns, ShowValuesWhoseRatioIsTheChange) { expect_values_that_show_the_change(run(0.93)); }

TEST(GateRuns, TakeBothSidesInEveryPairInRandomOrder) {
  std::vector<GateSide> sides;
  run(1, &sides);
  int old_first = 0;
  for (std::size_t i = 0; i + 1 < sides.size(); i += 2) {
    EXPECT_NE(sides[i], sides[i + 1]);
    old_first += sides[i] == GateSide::old_side;
  }
  EXPECT_GT(old_first, 0);
  EXPECT_LT(old_first, static_cast<int>(sides.size() / 2));
}

TEST(GateRuns, EndWithTheTimeAndSayWhatItWouldTake) {
  std::vector<GateSide> sides;
  GateRunsOptions options;
  options.time = Seconds(0);
  const GateRecord record = run(0.98, &sides, options);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_EQ(record.samples, "pairs");
  EXPECT_THAT(record.notes, Contains("of pairs of runs, 3 are the least; give more --time"));
  EXPECT_EQ(sides.size(), 2U);
}

TEST(GateRuns, OfOtherClipsAreRefusedAfterTheFirstPair) {
  DriftingMachine machine;
  int runs = 0;
  Progress progress;
  const GateRecord record = gate_runs(
      [&](GateSide side) {
        ++runs;
        CompareRecord one = machine.compare(1);
        if (side == GateSide::new_side) one.machine.clip_sha256 = "d";
        return one;
      },
      {}, progress, {});
  EXPECT_EQ(record.outcome, GateOutcome::not_comparable);
  EXPECT_EQ(runs, 2);
}

TEST(GateRuns, AreRefusedWhenOutputsDifferInALaterPair) {
  DriftingMachine machine;
  int runs = 0;
  Progress progress;
  const GateRecord record = gate_runs(
      [&](GateSide) {
        CompareRecord one = machine.compare(1);
        one.outputs_equal = ++runs < 6;
        return one;
      },
      {}, progress, {});
  EXPECT_EQ(record.outcome, GateOutcome::not_comparable);
  EXPECT_EQ(runs, 6);
  EXPECT_THAT(record.differences, Contains(HasSubstr("outputs of the ways differ")));
}

// Noise beside which the allowance is nothing: every look at the pairs is a chance to be wrong.
TEST(GateRuns, OfTheSameAgainstItselfCallARegressionAtMostOnceInAHundred) {
  DriftingMachine machine;
  const CompareRecord base = machine.compare(1, 3);
  std::mt19937_64 random(17);
  std::normal_distribution<double> normal;
  constexpr int trials = 500;
  int alarms = 0;
  for (int i = 0; i < trials; ++i) {
    GateRunsOptions options;
    options.seed = random();
    options.time = Seconds(1e9);
    Progress progress;
    const GateRecord record = gate_runs(
        [&](GateSide) {
          CompareRecord one = base;
          for (WayRecord& way : one.ways) way.fps.median *= std::exp(0.3 * normal(random));
          return one;
        },
        options, progress, {});
    alarms += record.outcome == GateOutcome::regressed;
  }
  EXPECT_LE(alarms, trials / 100 + 3) << "with room for the chance of the draw";
}

TEST(GateRuns, TellWhatSpeaksAgainstTheRuns) {
  DriftingMachine machine;
  int runs = 0;
  Progress progress;
  GateRunsOptions options;
  options.most_pairs = 8;
  const GateRecord record = gate_runs(
      [&](GateSide side) {
        CompareRecord one = machine.compare(1, 3);
        one.reasons = {"too few rounds: 3 of at least 7"};
        if (side == GateSide::new_side) one.reasons.push_back("queue: outputs hold NaN in " + std::to_string(++runs));
        return one;
      },
      options, progress, {});
  EXPECT_THAT(record.notes, ElementsAre("8 of the runs of new are doubtful: queue: outputs hold NaN in 1"));
}

TEST(GateRuns, OfNoPairsAreRefused) {
  Progress progress;
  GateRunsOptions options;
  options.least_pairs = 0;
  EXPECT_THROW(gate_runs([](GateSide) { return CompareRecord(); }, options, progress, {}), UsageError);
  options.least_pairs = options.most_pairs + 1;
  EXPECT_THROW(gate_runs([](GateSide) { return CompareRecord(); }, options, progress, {}), UsageError);
}

TEST(GateRuns, StopWhenTheyAreAsked) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress;
  const GateRecord record =
      gate_runs([](GateSide) -> CompareRecord { throw std::logic_error("ran"); }, {}, progress, stop.get_token());
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_TRUE(record.interrupted);
  EXPECT_THAT(record.notes, testing::IsEmpty()) << "more time would not have helped";
}

TEST(GateRuns, DecideNothingWhenTheyAreStopped) {
  EXPECT_FALSE(run(0.5).interrupted);
  std::stop_source stop;
  DriftingMachine machine;
  int runs = 0;
  Progress progress;
  const GateRecord record = gate_runs(
      [&](GateSide side) {
        if (++runs == 11) stop.request_stop();
        return machine.compare(side == GateSide::new_side ? 0.1 : 1, 3);
      },
      {}, progress, stop.get_token());
  EXPECT_EQ(runs, 11);
  EXPECT_TRUE(record.interrupted);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
}

}  // namespace
}  // namespace inflight
