#include "inflight/study/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "drifting_machine.hpp"

namespace inflight {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

GateOutcome outcome_of(const CompareRecord& before, const CompareRecord& after) {
  return gate_records(before, after, 0.03).outcome;
}

TEST(GateRecords, TheDriftOfTheMachineFallsOut) {
  DriftingMachine machine;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(outcome_of(machine.compare(1), machine.compare(1)), GateOutcome::passed);
    EXPECT_EQ(outcome_of(machine.compare(1), machine.compare(0.85)), GateOutcome::regressed);
    EXPECT_EQ(outcome_of(machine.compare(0.85), machine.compare(1)), GateOutcome::passed) << "faster";
  }
}

TEST(GateRecords, TellsWhichFigureAndByHowMuch) {
  DriftingMachine machine;
  const GateRecord record = gate_records(machine.compare(1), machine.compare(0.85), 0.03);
  ASSERT_EQ(record.figures.size(), 2U);
  EXPECT_EQ(record.figures[0].judgement.decision, Decision::within);
  EXPECT_EQ(record.figures[1].name, "queue");
  EXPECT_EQ(record.figures[1].judgement.decision, Decision::regressed);
  EXPECT_NEAR(record.figures[1].judgement.change, -0.15, 0.03);
}

TEST(GateRecords, ShowValuesWhoseRatioIsTheChange) {
  DriftingMachine machine;
  expect_values_that_show_the_change(gate_records(machine.compare(1), machine.compare(0.85), 0.03));
}

TEST(GateRecords, OfFewRoundsAreUndecided) {
  DriftingMachine machine;
  const GateRecord record = gate_records(machine.compare(1, 2), machine.compare(0.5, 2), 0.03);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_THAT(record.notes, Contains(HasSubstr("2 rounds decide nothing")));
}

TEST(GateRecords, NameWhatKeepsThemFromBeingCompared) {
  DriftingMachine machine;
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
  DriftingMachine machine;
  auto after = machine.compare(0.85);
  after.load.others = 0.85;
  const GateRecord record = gate_records(machine.compare(1), after, 0.03);
  EXPECT_EQ(record.outcome, GateOutcome::undecided);
  EXPECT_THAT(record.notes, Contains(HasSubstr("wider by 40.0 %")));
}

}  // namespace
}  // namespace inflight
