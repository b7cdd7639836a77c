#include "study/explain/subject.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace inflight {
namespace {

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
  double frame_ms, core_ms, decode_wait_ms, device_ms, stage_ms, encode_ms = 0;
};

/// A run of one frame that was so long on a processor in each of its four stages, and in encoding.
ProgramRun run_of_stages(const OneFrame& frame) {
  const auto ticks = [](double ms) { return std::chrono::round<Clock::duration>(Milliseconds(ms)); };
  const Clock::duration stage = ticks(frame.stage_ms);
  ProgramRun run = run_of(frame.frame_ms, frame.core_ms, 3);
  FrameStamps stamps;
  stamps.asked = TimePoint(std::chrono::seconds(1));
  stamps.decoded = stamps.acquired = stamps.asked + stage + ticks(frame.decode_wait_ms);
  stamps.submitted = stamps.acquired + stage;
  stamps.completed = stamps.taken = stamps.submitted + ticks(frame.device_ms);
  stamps.encoding = ticks(frame.encode_ms);
  stamps.delivered = stamps.taken + stage;
  stamps.finished = stamps.delivered + stage + stamps.encoding;
  stamps.cores = {.known = true,
                  .decode = stage,
                  .fill = stage,
                  .callback = stage,
                  .sink = stage + stamps.encoding,
                  .encode = stamps.encoding};
  run.stages.add(stamps);
  return run;
}

/// Runs without and with an encoder, which used 10 ms of the cores.
class Encoding : public testing::Test {
 protected:
  Encoding() { with_.program.output = Output::video; }

  void way(const char* name) { before_.program.way.name = with_.program.way.name = name; }
  double waited() {
    with_.runs.front().threads["encoder"] = {3, Milliseconds(10)};
    const ApartRounds found = encoding(with_, before_, growth_).value();
    EXPECT_NEAR(found.core_ms.at(0), 10, 1e-6);
    return found.frame_ms.at(0);
  }

  Subject before_ = subject_of("sync", run_of_stages({8, 9, 0.25, 2, 1}));
  Subject with_ = subject_of("sync", run_of_stages({18, 25, 1.25, 3, 1.5}));
  CostRounds growth_{{8}, {15}};  // 1 of 10 ms more went to the device and 1 to the decoder
};

// 8 ms more, of them 4 times 0.5 on a processor.
TEST_F(Encoding, IsWhatASynchronousLoopWaitsFor) { EXPECT_NEAR(waited(), 6, 1e-6); }

TEST_F(Encoding, IsNotWaitedForWhereTheSinkWasAskedToWait) {
  with_.program.added = {{Stage::sink, Milliseconds(2.5), false},
                         {Stage::sink, Milliseconds(1), true},
                         {Stage::draw, Milliseconds(1), false}};
  EXPECT_NEAR(waited(), 3.5, 1e-6);
  way("queue");
  EXPECT_NEAR(waited(), (8 - 2.5) * 10 / 15, 1e-6);
}

TEST_F(Encoding, TakesOfWhatWritingTakesItsShareOfTheProcessorTime) {
  for (const char* name : {"two-requests", "queue"}) {
    way(name);
    EXPECT_NEAR(waited(), 8 * 10.0 / 15, 1e-6);
  }
}

TEST_F(Encoding, TakesNoMoreTimeThanWritingDoes) {
  way("queue");
  growth_.core_ms = {7};  // others took less
  EXPECT_NEAR(waited(), 8, 1e-6);
  growth_.core_ms = {-1};
  EXPECT_EQ(waited(), 0);
}

// A loop that a clock paces waits so much less for the next frame.
TEST_F(Encoding, TakesNoTimeWhereFramesComeNoLater) {
  growth_.frame_ms = {0};
  EXPECT_EQ(waited(), 0);
  way("queue");
  growth_.frame_ms = {-0.5};
  EXPECT_EQ(waited(), 0);
}

/// The same, of them 2 ms in its call.
class EncodingCall : public Encoding {
 protected:
  EncodingCall() { with_.runs = {run_of_stages({18, 25, 1.25, 3, 1.5, 2})}; }
};

TEST_F(EncodingCall, IsTakenWithItsThreads) {
  with_.runs.front().threads["encoder"] = {3, Milliseconds(8)};
  ApartRounds found = encoding(with_, before_, growth_).value();
  EXPECT_NEAR(found.core_ms.at(0), 10, 1e-6);
  EXPECT_NEAR(found.frame_ms.at(0), 6, 1e-6);
  way("queue");
  found = encoding(with_, before_, growth_).value();
  EXPECT_NEAR(found.core_ms.at(0), 10, 1e-6);
  EXPECT_NEAR(found.frame_ms.at(0), 8 * 10.0 / 15, 1e-6);
}

TEST_F(EncodingCall, IsAllWithoutThreads) {
  ApartRounds found = encoding(with_, before_, growth_).value();
  EXPECT_NEAR(found.core_ms.at(0), 2, 1e-6);
  EXPECT_NEAR(found.frame_ms.at(0), 6, 1e-6);
  way("queue");
  EXPECT_NEAR(encoding(with_, before_, growth_).value().frame_ms.at(0), 8 * 2.0 / 15, 1e-6);
}

TEST_F(EncodingCall, IsTheSinksWhereThatHasAThreadOfItsOwnOrIsACallers) {
  with_.program.newest_only = true;
  EXPECT_FALSE(encoding(with_, before_, growth_).has_value());
  with_.program.newest_only = false;
  with_.program.output = Output::drawing;
  EXPECT_FALSE(encoding(with_, before_, growth_).has_value());
}

TEST_F(EncodingCall, IsNotToldApartWhereTheSystemTellsNoThreads) {
  with_.runs.front().threads.clear();
  EXPECT_FALSE(encoding(with_, before_, growth_).has_value());
}

}  // namespace
}  // namespace inflight
