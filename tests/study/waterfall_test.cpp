#include "study/explain/waterfall.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "study/explain/levels.hpp"
#include "study/explain/subject.hpp"

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
        {{"encoder threads", "", {.3, .3, .3}, {4, 4, 4}}, {"slower inference", "", {.25, .25, .25}, {1, 1, 1}}}}},
      {"observed", "", {5.6, 5.6, 5.6}, {12, 12, 12}});
  ASSERT_EQ(waterfall.steps.size(), 4U);
  EXPECT_NEAR(waterfall.steps[1].ms_per_frame, 2, 0.01);
  EXPECT_NEAR(waterfall.steps[1].core_ms_per_frame, 2, 0.01);
  EXPECT_EQ(waterfall.steps[2].name, "encoder threads");
  EXPECT_NEAR(waterfall.steps[2].ms_per_frame, 0.3, 0.01);
  EXPECT_NEAR(waterfall.steps[2].core_ms_per_frame, 4, 0.02);
  EXPECT_EQ(waterfall.steps[3].name, "slower inference");
  EXPECT_NEAR(waterfall.steps[3].ms_per_frame, 0.25, 0.01);
  EXPECT_NEAR(waterfall.steps[3].core_ms_per_frame, 1, 0.01);
  EXPECT_NEAR(waterfall.steps[3].total_ms_per_frame + waterfall.remainder_ms, waterfall.observed_ms, 1e-12);
}

/// A run of one frame, in which inference used so much of the cores.
ProgramRun run_of(double frame_ms, double core_ms, double inference_ms) {
  ProgramRun run;
  run.frames = 1;
  run.wall = Milliseconds(frame_ms);
  run.cpu = Milliseconds(core_ms);
  run.threads["OpenVINO"] = {2, Milliseconds(inference_ms)};
  return run;
}

Subject subject_of(const char* way, const ProgramRun& run) {
  ExplainedProgram program;
  program.way.name = way;
  return {"level", program, Depth::decode, {run}};
}

TEST(Rounds, TellWhatInferenceLosesBesideOtherWorkOnBusyCores) {
  const Subject alone = subject_of("queue", run_of(1.5, 3, 3));
  const ApartRounds found = slower_inference(subject_of("queue", run_of(2, 4, 3.4)), alone, 2).value();
  EXPECT_NEAR(found.core_ms.at(0), 0.4, 1e-9);
  EXPECT_NEAR(found.frame_ms.at(0), 0.2, 1e-9);
}

// Threads that spin while nothing is to be done use cores and cost no time.
TEST(Rounds, BesideIdleCoresInferenceTakesNoTimeFromAnyone) {
  const Subject alone = subject_of("queue", run_of(1.5, 3, 3));
  const ApartRounds found = slower_inference(subject_of("queue", run_of(20, 8, 7)), alone, 2).value();
  EXPECT_NEAR(found.core_ms.at(0), 4, 1e-9);
  EXPECT_EQ(found.frame_ms.at(0), 0);
}

TEST(Rounds, OfASynchronousLoopTellHowMuchLongerItWaited) {
  const Subject alone = subject_of("sync", run_of(3, 5, 0));
  ProgramRun run = run_of(6, 9, 5.5);
  FrameStamps stamps;
  stamps.submitted = TimePoint(std::chrono::seconds(1));
  stamps.completed = stamps.taken = stamps.submitted + std::chrono::microseconds(3250);
  run.stages.add(stamps);
  const ApartRounds found = slower_inference(subject_of("sync", run), alone, 2).value();
  EXPECT_NEAR(found.frame_ms.at(0), 0.25, 1e-9);
  EXPECT_NEAR(found.core_ms.at(0), 0.5, 1e-9);
}

TEST(Rounds, OfASystemThatTellsNoThreadsNothingIsToldApart) {
  ProgramRun run = run_of(2, 4, 3);
  run.threads.clear();
  const Subject level = subject_of("queue", run);
  EXPECT_FALSE(slower_inference(level, level, 2).has_value());
  EXPECT_FALSE(decoder_threads(level, level, 2).has_value());
  EXPECT_FALSE(encoder_threads(level, level, {{0}, {0}}).has_value());
}

/// A run of a synchronous loop that waited so long for the decoder's threads, which used so much of the cores.
Subject decoding(double waited_ms, double core_ms) {
  ProgramRun run = run_of(6, 8, 3);
  run.threads["decoder"] = {2, Milliseconds(core_ms)};
  FrameStamps stamps;
  stamps.asked = TimePoint(std::chrono::seconds(1));
  stamps.decoded = stamps.asked + std::chrono::round<Clock::duration>(Milliseconds(waited_ms + 0.5));
  stamps.cores.known = true;
  stamps.cores.decode = std::chrono::microseconds(500);
  run.stages.add(stamps);
  return subject_of("sync", run);
}

TEST(Rounds, OfASynchronousLoopTellHowFarTheDecoderIsAheadWhileOthersWork) {
  const ApartRounds found = decoder_threads(decoding(0.25, 1.6), decoding(0.75, 1.5), 2).value();
  EXPECT_NEAR(found.frame_ms.at(0), -0.5, 1e-6);
  EXPECT_NEAR(found.core_ms.at(0), 0.1, 1e-6);
}

TEST(Rounds, BesideOtherWorkADecoderThatTakesLongerTakesItsShareOfBusyCores) {
  Subject level = decoding(0.25, 1.9);
  level.program.way.name = "queue";
  const Subject alone = decoding(0.75, 1.5);
  EXPECT_NEAR(decoder_threads(level, alone, 2).value().frame_ms.at(0), 0, 1e-6) << "a third of the cores is idle";
  level.runs.front().cpu = Milliseconds(12);
  EXPECT_NEAR(decoder_threads(level, alone, 2).value().frame_ms.at(0), 0.2, 1e-6);
}

TEST(Rounds, WithoutThreadsOfItsOwnADecoderTakesWhatTheReadingThreadTakes) {
  Subject one_thread = decoding(0.25, 0);
  one_thread.runs.front().threads.erase("decoder");
  EXPECT_FALSE(decoder_threads(one_thread, one_thread, 2).has_value());
}

struct OneFrame {
  double frame_ms, core_ms, decode_wait_ms, device_ms, stage_ms;
};

/// A run of one frame that was so long on a processor in each of its four stages.
ProgramRun run_of_stages(const OneFrame& frame) {
  const auto ticks = [](double ms) { return std::chrono::round<Clock::duration>(Milliseconds(ms)); };
  const Clock::duration stage = ticks(frame.stage_ms);
  ProgramRun run = run_of(frame.frame_ms, frame.core_ms, 3);
  FrameStamps stamps;
  stamps.asked = TimePoint(std::chrono::seconds(1));
  stamps.decoded = stamps.acquired = stamps.asked + stage + ticks(frame.decode_wait_ms);
  stamps.submitted = stamps.acquired + stage;
  stamps.completed = stamps.taken = stamps.submitted + ticks(frame.device_ms);
  stamps.cores = {.known = true, .decode = stage, .fill = stage, .callback = stage, .sink = stage};
  run.stages.add(stamps);
  return run;
}

/// Runs without and with an encoder, which used 10 ms of the cores.
class Encoder : public testing::Test {
 protected:
  void way(const char* name) { before_.program.way.name = with_.program.way.name = name; }
  double waited() {
    with_.runs.front().threads["encoder"] = {3, Milliseconds(10)};
    const ApartRounds found = encoder_threads(with_, before_, growth_).value();
    EXPECT_NEAR(found.core_ms.at(0), 10, 1e-6);
    return found.frame_ms.at(0);
  }

  Subject before_ = subject_of("sync", run_of_stages({8, 9, 0.25, 2, 1}));
  Subject with_ = subject_of("sync", run_of_stages({18, 25, 1.25, 3, 1.5}));
  CostRounds growth_{{8}, {15}};  // 1 of 10 ms more went to the device and 1 to the decoder
};

// 8 ms more, of them 4 times 0.5 on a processor.
TEST_F(Encoder, IsWhatASynchronousLoopWaitsFor) { EXPECT_NEAR(waited(), 6, 1e-6); }

TEST_F(Encoder, IsNotWaitedForWhereTheSinkWasAskedToWait) {
  with_.program.added = {{Stage::sink, Milliseconds(2.5), false},
                         {Stage::sink, Milliseconds(1), true},
                         {Stage::draw, Milliseconds(1), false}};
  EXPECT_NEAR(waited(), 3.5, 1e-6);
  way("queue");
  EXPECT_NEAR(waited(), (8 - 2.5) * 10 / 15, 1e-6);
  with_.program.newest_only = true;  // the wait is another thread's
  EXPECT_NEAR(waited(), 8.0 * 10 / 15, 1e-6);
}

TEST_F(Encoder, TakesOfWhatWritingTakesItsShareOfTheProcessorTime) {
  for (const char* name : {"two-requests", "queue"}) {
    way(name);
    EXPECT_NEAR(waited(), 8 * 10.0 / 15, 1e-6);
  }
}

TEST_F(Encoder, TakesNoMoreTimeThanWritingDoes) {
  way("queue");
  growth_.core_ms = {7};  // others took less
  EXPECT_NEAR(waited(), 8, 1e-6);
  growth_.core_ms = {-1};
  EXPECT_EQ(waited(), 0);
}

// A loop that a clock paces waits so much less for the next frame.
TEST_F(Encoder, TakesNoTimeWhereFramesComeNoLater) {
  growth_.frame_ms = {0};
  EXPECT_EQ(waited(), 0);
  way("queue");
  growth_.frame_ms = {-0.5};
  EXPECT_EQ(waited(), 0);
}

TEST_F(Encoder, WithoutThreadsOfItsOwnIsTheSink) { EXPECT_FALSE(encoder_threads(with_, before_, growth_).has_value()); }

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
