#include "inflight/study/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "inflight/measure/statistics.hpp"

namespace inflight {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// Comparisons on a machine whose speed drifts by a third from run to run, and scatters by a hundredth within.
class Machine {
 public:
  CompareRecord compare(double queue_speed, int rounds = 12) {
    CompareRecord record;
    record.machine.cpu = "a CPU";
    record.machine.cores = 2;
    record.machine.memory = 8'000'000'000;
    record.machine.model_sha256 = "m";
    record.machine.clip_sha256 = "c";
    record.preprocess = "fast";
    record.outputs_equal = true;
    record.frames_compared = 100;
    record.rounds.done = rounds;
    record.rounds.frames_per_round = record.rounds.unique_frames = 100;
    record.load.known = true;
    for (const auto& [name, level] : {std::pair{"sync", 350.0}, std::pair{"queue", 800 * queue_speed}}) {
      // What a machine does to one inference over all its cores, it does not do to many side by side.
      const double speed = std::exp(0.3 * normal_(random_));
      const auto rounds_at = [&](double fps) {
        std::vector<double> all;
        for (int i = 0; i < rounds; ++i) all.push_back(fps * speed * std::exp(0.01 * normal_(random_)));
        return all;
      };
      WayRecord way;
      way.name = name;
      way.frames = 100 * rounds;
      way.round_fps = rounds_at(level);
      way.ceiling.requests = 4;
      way.ceiling.round_fps = rounds_at(900);
      way.fps = median_interval(way.round_fps);
      record.ways.push_back(way);
    }
    return record;
  }

 private:
  std::mt19937_64 random_{5};
  std::normal_distribution<double> normal_;
};

GateOutcome outcome_of(const CompareRecord& before, const CompareRecord& after) {
  return gate_records(before, after, 0.03).outcome;
}

TEST(GateRecords, TheDriftOfTheMachineFallsOut) {
  Machine machine;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(outcome_of(machine.compare(1), machine.compare(1)), GateOutcome::passed);
    EXPECT_EQ(outcome_of(machine.compare(1), machine.compare(0.85)), GateOutcome::regressed);
    EXPECT_EQ(outcome_of(machine.compare(0.85), machine.compare(1)), GateOutcome::passed) << "faster";
  }
}

TEST(GateRecords, TellsWhichFigureAndByHowMuch) {
  Machine machine;
  const GateRecord record = gate_records(machine.compare(1), machine.compare(0.85), 0.03);
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(record.figures[0].judgement.decision, Decision::within);
  EXPECT_EQ(record.figures[1].name, "queue");
  EXPECT_EQ(record.figures[1].judgement.decision, Decision::regressed);
  EXPECT_NEAR(record.figures[1].judgement.change, -0.15, 0.03);
}

void expect_values_that_show_the_change(const GateRecord& record) {
  ASSERT_FALSE(record.figures.empty());
  for (const GateFigure& figure : record.figures) {
    EXPECT_NEAR(figure.new_value / figure.old_value - 1, figure.judgement.change, 1e-9) << figure.name;
  }
}

TEST(GateRecords, ShowValuesWhoseRatioIsTheChange) {
  Machine machine;
  expect_values_that_show_the_change(gate_records(machine.compare(1), machine.compare(0.85), 0.03));
}

TEST(GateRecords, OfFewRoundsAreUndecided) {
  Machine machine;
  const GateRecord record = gate_records(machine.compare(1, 2), machine.compare(0.5, 2), 0.03);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_THAT(record.notes, Contains(HasSubstr("2 rounds decide nothing")));
}

TEST(GateRecords, NameWhatKeepsThemFromBeingCompared) {
  Machine machine;
  const auto differences_when = [&](const std::function<void(CompareRecord&)>& change) {
    auto after = machine.compare(1);
    change(after);
    const GateRecord record = gate_records(machine.compare(1), after, 0.03);
    EXPECT_EQ(record.outcome == GateOutcome::not_comparable, !record.differences.empty());
    return record.differences;
  };
  EXPECT_THAT(differences_when([](auto&) {}), testing::IsEmpty());
  EXPECT_THAT(differences_when([](auto& after) { after.machine.cores = 4; }),
              ElementsAre("machine, cores: 2 in old, 4 in new"));
  EXPECT_THAT(differences_when([](auto& after) { after.machine.cpu = "another"; }),
              ElementsAre(HasSubstr("machine, CPU")));
  EXPECT_THAT(differences_when([](auto& after) { after.machine.quota = 1.5; }),
              ElementsAre("machine, CPU quota in cores: no limit in old, 1.5 in new"));
  EXPECT_THAT(differences_when([](auto& after) { after.machine.memory = 0; }),
              ElementsAre("machine, memory in GB: 8 in old, not told in new"));
  EXPECT_THAT(differences_when([](auto& after) { after.machine.model_sha256 = "n"; }),
              ElementsAre(HasSubstr("model: another file")));
  EXPECT_THAT(differences_when([](auto& after) { after.machine.clip_sha256 = "d"; }),
              ElementsAre(HasSubstr("clip: another file")));
  EXPECT_THAT(differences_when([](auto& after) { after.ways[1].asked.streams = "4"; }),
              ElementsAre(HasSubstr("settings asked of queue")));
  EXPECT_THAT(differences_when([](auto& after) { after.preprocess = "exact"; }),
              ElementsAre(HasSubstr("preprocessing")));
  EXPECT_THAT(differences_when([](auto& after) { after.simulated = "SIMULATED accelerator"; }),
              ElementsAre("settings, simulated accelerator: nothing in old, SIMULATED accelerator in new"));
  EXPECT_THAT(differences_when([](auto& after) { after.ways.pop_back(); }), ElementsAre(HasSubstr("settings, ways")));
  EXPECT_THAT(differences_when([](auto& after) { after.rounds.unique_frames = 400; }),
              ElementsAre(HasSubstr("give both the same --frames")));
  EXPECT_THAT(differences_when([](auto& after) { after.outputs_equal = false; }),
              ElementsAre("outputs of the ways differ in new"));
  EXPECT_THAT(differences_when([](auto& after) { after.ways[0].failed = 3; }),
              ElementsAre(HasSubstr("frames failed in new")));
  EXPECT_THAT(differences_when([](auto& after) { after.ways[1].ceiling = {}; }),
              ElementsAre("no ceiling was measured"));
}

TEST(GateRecords, UnderOtherLoadAreNotTrustedBeyondIt) {
  Machine machine;
  auto after = machine.compare(0.85);
  after.load.others = 0.85;
  const GateRecord record = gate_records(machine.compare(1), after, 0.03);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_THAT(record.notes, Contains(HasSubstr("wider by 40.0 %")));
}

GateRecord run(double new_speed, std::vector<GateSide>* sides = nullptr, GateRunsOptions options = {}) {
  Machine machine;
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
  Machine machine;
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
  Machine machine;
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
  Machine machine;
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
  Machine machine;
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
