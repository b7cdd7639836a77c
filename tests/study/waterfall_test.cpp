#include "study/explain/waterfall.hpp"

#include <gtest/gtest.h>

#include "study/explain/levels.hpp"

namespace inflight {
namespace {

TEST(Waterfall, StepsAndRemainderSumUpToWhatWasObserved) {
  const Waterfall waterfall = waterfall_of({{"ceiling", "", {2.0, 2.1, 1.9}, {4.0, 4.0, 4.0}},
                                            {"decode", "", {2.6, 2.5, 2.4}, {4.5, 4.5, 4.5}},
                                            {"sink", "", {3.1, 3.3, 3.0}, {5.0, 5.0, 5.0}}},
                                           {"observed", "", {3.2, 3.2, 3.2}, {5.0, 5.0, 5.0}});
  ASSERT_EQ(waterfall.steps.size(), 3U);
  double sum = waterfall.remainder_ms;
  for (const WaterfallStep& step : waterfall.steps) sum += step.ms_per_frame;
  EXPECT_NEAR(sum, waterfall.observed_ms, 1e-12);
  EXPECT_EQ(waterfall.steps[1].name, "decode");
  EXPECT_NEAR(waterfall.steps[2].total_ms_per_frame, waterfall.observed_ms - waterfall.remainder_ms, 1e-12);
}

// Rounds on a machine that is twice as slow in one of them tell the same as rounds on a steady one.
TEST(Waterfall, ARoundOnASlowMachineDoesNotTiltTheSteps) {
  const Waterfall waterfall =
      waterfall_of({{"ceiling", "", {2, 4, 2}, {4, 8, 4}}, {"decode", "", {3, 6, 3}, {5, 10, 5}}},
                   {"observed", "", {3, 6, 3}, {5, 10, 5}});
  EXPECT_NEAR(waterfall.steps[1].ms_per_frame, 1.0, 1e-12);
  EXPECT_NEAR(waterfall.steps[1].core_ms_per_frame, 1.0, 1e-12);
  EXPECT_NEAR(waterfall.steps[1].low, 1.0, 1e-12);
  EXPECT_NEAR(waterfall.steps[1].high, 1.0, 1e-12);
  EXPECT_NEAR(waterfall.remainder_ms, 0, 1e-12);
}

// A camera's pace is none of the machine's.
TEST(Waterfall, APacedLevelIsNotDividedByTheMachinesSlowness) {
  LevelRounds paced{"source", "", {33.3, 33.3, 33.3}, {4, 4, 4}};
  LevelRounds observed{"observed", "", {33.3, 33.3, 33.3}, {4, 4, 4}};
  paced.paced = observed.paced = true;
  const Waterfall waterfall =
      waterfall_of({{"ceiling", "", {1, 2, 4}, {4, 4, 4}}, {"decode", "", {4, 1, 2}, {4, 4, 4}}, paced}, observed);
  EXPECT_DOUBLE_EQ(waterfall.observed_ms, 33.3);
  EXPECT_NEAR(waterfall.remainder_ms, 0, 1e-12);
}

TEST(Waterfall, AStepThatSavesIsNegative) {
  const Waterfall waterfall =
      waterfall_of({{"ceiling", "", {3}, {4}}, {"fresh input", "", {2}, {3}}}, {"observed", "", {2}, {3}});
  EXPECT_DOUBLE_EQ(waterfall.steps[1].ms_per_frame, -1);
}

// Decoding takes 2 ms; what inference loses beside it, and an encoder takes, is no share of these.
TEST(Waterfall, WhatIsToldApartHasAStepOfItsOwn) {
  const Waterfall waterfall = waterfall_of(
      {{"one request", "", {3, 3.1, 2.9}, {5, 5, 5}},
       {"decode",
        "",
        {5.55, 5.65, 5.45},
        {12, 12, 12},
        {{"encoding", "", {.3, .3, .3}, {4, 4, 4}}, {"slower inference", "", {.25, .25, .25}, {1, 1, 1}}}}},
      {"observed", "", {5.6, 5.6, 5.6}, {12, 12, 12}});
  ASSERT_EQ(waterfall.steps.size(), 4U);
  EXPECT_NEAR(waterfall.steps[1].ms_per_frame, 2, 0.01);
  EXPECT_NEAR(waterfall.steps[1].core_ms_per_frame, 2, 0.01);
  EXPECT_EQ(waterfall.steps[2].name, "encoding");
  EXPECT_NEAR(waterfall.steps[2].ms_per_frame, 0.3, 0.01);
  EXPECT_NEAR(waterfall.steps[2].core_ms_per_frame, 4, 0.02);
  EXPECT_EQ(waterfall.steps[3].name, "slower inference");
  EXPECT_NEAR(waterfall.steps[3].ms_per_frame, 0.25, 0.01);
  EXPECT_NEAR(waterfall.steps[3].core_ms_per_frame, 1, 0.01);
  EXPECT_NEAR(waterfall.steps[3].total_ms_per_frame + waterfall.remainder_ms, waterfall.observed_ms, 1e-12);
}

TEST(Growth, IsWhatALevelTakesMoreButForWhatIsToldApart) {
  const CostRounds found = growth({"sink", "", {18}, {25}, {{"slower inference", "", {3}, {2}}}},
                                  {"drawing", "", {8}, {9}, {{"slower inference", "", {1}, {1}}}});
  EXPECT_NEAR(found.frame_ms.at(0), 8, 1e-9);
  EXPECT_NEAR(found.core_ms.at(0), 15, 1e-9);
}

std::vector<std::string> names_of(const ExplainedProgram& program) {
  WayOptions best{"queue", {.hint = Hint::throughput}, 0};
  std::vector<std::string> names;
  for (const Level& level : levels_of(program, best)) names.push_back(level.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Levels, OfTheQueuePutBackOneCostAtATime) {
  ExplainedProgram program;
  program.way = {"queue", {.hint = Hint::throughput}, 0};
  EXPECT_EQ(names_of(program), (Names{"ceiling", "fresh input", "preprocessing", "decode", "postprocessing"}));
  program.output = Output::video;
  program.rate = 30;
  EXPECT_EQ(names_of(program), (Names{"ceiling", "fresh input", "preprocessing", "decode", "source", "postprocessing",
                                      "order", "drawing", "sink"}));
}

TEST(Levels, OfTheSlowerWaysLoseStreamsAndOverlapFirst) {
  ExplainedProgram program;
  program.way = {"sync", {.hint = Hint::latency}, 0};
  EXPECT_EQ(names_of(program), (Names{"ceiling", "one stream", "one request", "fresh input", "preprocessing", "decode",
                                      "postprocessing"}));
  program.way.compile.hint = Hint::throughput;  // nothing to lose: it has the ceiling's own streams
  program.way.name = "two-requests";
  EXPECT_EQ(names_of(program)[1], "two requests");
}

TEST(Levels, AddedWorkHasAStepToBeSeenIn) {
  ExplainedProgram program;
  program.way = {"queue", {.hint = Hint::throughput}, 0};
  program.added = {{Stage::sink, Milliseconds(2), true}, {Stage::draw, Milliseconds(2), true}};
  const Names names = names_of(program);
  EXPECT_EQ(names[names.size() - 2], "drawing");
  EXPECT_EQ(names.back(), "sink");
}

}  // namespace
}  // namespace inflight
