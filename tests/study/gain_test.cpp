#include "study/explain/gain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace inflight {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

/// A run whose frames spend so many milliseconds decoding, in the device, and in the sink, always on a processor.
ProgramRun run_of(int decode, int device, int sink) {
  FrameStamps stamps;
  stamps.asked = TimePoint(std::chrono::seconds(1));
  stamps.decoded = stamps.acquired = stamps.submitted = stamps.asked + milliseconds(decode);
  stamps.completed = stamps.taken = stamps.delivered = stamps.submitted + milliseconds(device);
  stamps.finished = stamps.delivered + milliseconds(sink);
  stamps.cores = {.known = true, .decode = milliseconds(decode), .sink = milliseconds(sink)};
  ProgramRun run;
  run.stages.add(stamps);
  run.frames = 1;
  run.wall = stamps.finished - stamps.asked;
  return run;
}

TEST(Prediction, IsWhatAllCoresCouldDoTogether) {
  const Prediction found = predict({}, run_of(1, 3, 0), run_of(1, 4, 0), 2, {2, 1});
  EXPECT_DOUBLE_EQ(found.fps, 2 * 1000 / 5.0);
  EXPECT_EQ(found.bound, "cores");
}

TEST(Prediction, CountsAllThreadsOfAnInference) {
  EXPECT_DOUBLE_EQ(predict({}, run_of(1, 3, 0), run_of(1, 4, 0), 8, {2, 4}).fps, 8 * 1000 / 17.0);
}

TEST(Prediction, IsBoundByWhatTheDeviceExecutesAtATime) {
  const Prediction found = predict({}, run_of(1, 3, 0), run_of(1, 4, 0), 2, {1, 1});
  EXPECT_DOUBLE_EQ(found.fps, 250) << "one stream of one thread, beside an idle core";
  EXPECT_EQ(found.bound, "device");
}

// The wait for inference is longer where others have the cores meanwhile.
TEST(Prediction, CountsNoMoreThanTheProcessorsTimeThatWasUsed) {
  ProgramRun loops = run_of(1, 4, 0);
  loops.cpu = milliseconds(4);
  EXPECT_DOUBLE_EQ(predict({}, run_of(1, 3, 0), loops, 2, {2, 1}).fps, 2 * 1000 / 4.0);
}

TEST(Prediction, IsBoundByTheOneThreadThatReads) {
  const Prediction found = predict({}, run_of(10, 3, 0), run_of(10, 4, 0), 8, {8, 1});
  EXPECT_DOUBLE_EQ(found.fps, 100);
  EXPECT_EQ(found.bound, "reading thread");
}

TEST(Prediction, IsBoundByASinkThatEncodes) {
  ProgramRun sync = run_of(1, 3, 0);
  FrameStamps stamps;
  stamps.taken = stamps.delivered = TimePoint(std::chrono::seconds(1));
  stamps.encoding = milliseconds(40);
  stamps.finished = stamps.delivered + stamps.encoding;
  sync.stages.add(stamps);
  const Prediction found = predict({}, sync, run_of(1, 4, 0), 8, {8, 1});
  EXPECT_EQ(found.bound, "delivering thread");
  EXPECT_DOUBLE_EQ(found.fps, 50) << "40 ms of one of two frames";
}

TEST(Prediction, IsBoundByASinkThatTakesOneAtATime) {
  ExplainedProgram program;
  EXPECT_EQ(predict(program, run_of(1, 3, 20), run_of(1, 4, 0), 8, {8, 1}).bound, "delivering thread");
  program.newest_only = true;
  EXPECT_EQ(predict(program, run_of(1, 3, 20), run_of(1, 4, 0), 8, {8, 1}).bound, "reading thread");
}

TEST(Prediction, IsBoundByTheSource) {
  ExplainedProgram program;
  program.rate = 30;
  const Prediction found = predict(program, run_of(1, 3, 0), run_of(1, 4, 0), 2, {2, 1});
  EXPECT_DOUBLE_EQ(found.fps, 30);
  EXPECT_EQ(found.bound, "source");
}

TEST(Verdict, SaysPlainlyThatAsyncWillNotHelp) {
  EXPECT_THAT(verdict_of({.predicted = 1.01, .bound = "source"}),
              testing::AllOf(HasSubstr("async will not help here"), HasSubstr("the source gives no more frames")));
  EXPECT_THAT(verdict_of({.predicted = 1.0, .bound = "cores"}), HasSubstr("keeps the cores busy already"));
}

TEST(Verdict, BelievesWhatWasReachedMoreThanWhatWasPredicted) {
  GainRecord gain{.predicted = 1.02, .bound = "cores"};
  gain.achieved = {.median = 1.1, .low = 1.06, .high = 1.2, .coverage = 0.95};
  EXPECT_THAT(verdict_of(gain), HasSubstr("async gives 1.10 times sync here"));
  EXPECT_TRUE(helps(gain));
  gain.achieved.coverage = 0;  // of a single round
  EXPECT_THAT(verdict_of(gain), HasSubstr("async will not help here"));
  EXPECT_FALSE(helps(gain));
}

TEST(Verdict, TellsWhatWasReachedAndWhatThatIsMadeOf) {
  GainRecord gain{.predicted = 1.8, .bound = "cores"};
  gain.achieved = {.median = 1.7, .low = 1.6, .high = 1.8, .coverage = 0.95};
  gain.overlap.median = 1.2;
  gain.streams.median = 1.42;
  EXPECT_EQ(verdict_of(gain),
            "async gives 1.70 times sync here, of 1.80 that are possible: 1.20 by overlap, 1.42 by "
            "parallel streams");
  gain.achieved.median = 1.81;
  EXPECT_THAT(verdict_of(gain), HasSubstr("async gives 1.81 times sync here, all that is possible:"));
  gain.achieved.low = 0.9;
  EXPECT_THAT(verdict_of(gain),
              HasSubstr("reached 1.81 times sync here, which does not stand out from the noise (0.90"));
  gain.achieved.median = 1.01;
  EXPECT_THAT(verdict_of(gain), HasSubstr("and did not"));
}

}  // namespace
}  // namespace inflight
