#include "study/explain/limit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace inflight {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

/// A run of 100 frames, 10 ms each, of a queue on two cores, in which nobody is busy: each test makes one the limit.
class Limit : public testing::Test {
 protected:
  Limit() {
    stamps_.cores.known = true;
    program_.way.name = "queue";
  }

  /// So many milliseconds of each frame, of them on a processor.
  struct Spent {
    int wall = 0, cores = 0;
  };
  struct Frame {
    Spent decode{1, 1}, fill{}, callback{}, sink{}, draw{}, encode{};
    int wait_request = 0, device = 5;
  };

  LimitRecord limit(const Frame& frame, double openvino = 0.5) {
    const auto next = [this](int wall) { return last_ += milliseconds(wall); };
    stamps_.asked = last_;
    stamps_.decoded = next(frame.decode.wall);
    stamps_.acquired = next(frame.wait_request);
    stamps_.submitted = next(frame.fill.wall);
    stamps_.completed = stamps_.taken = next(frame.device);
    stamps_.delivered = next(frame.callback.wall);
    stamps_.drawing = milliseconds(frame.draw.wall);
    stamps_.encoding = milliseconds(frame.encode.wall);
    stamps_.finished = next(frame.sink.wall + frame.draw.wall + frame.encode.wall);
    stamps_.cores.decode = milliseconds(frame.decode.cores);
    stamps_.cores.fill = milliseconds(frame.fill.cores);
    stamps_.cores.callback = milliseconds(frame.callback.cores);
    stamps_.cores.sink = milliseconds(frame.sink.cores + frame.draw.cores + frame.encode.cores);
    stamps_.cores.draw = milliseconds(frame.draw.cores);
    stamps_.cores.encode = milliseconds(frame.encode.cores);
    run_.frames = 100;
    run_.wall = Seconds(1);
    for (int i = 0; i < 100; ++i) run_.stages.add(stamps_);
    if (tells_threads_) run_.threads["OpenVINO"] = {2, Seconds(openvino)};
    if (run_.cpu.count() == 0) {
      run_.cpu = Seconds(openvino + 0.1 * (frame.decode.cores + frame.fill.cores + frame.callback.cores +
                                           frame.sink.cores + frame.draw.cores + frame.encode.cores));
    }
    return limit_of(program_, run_, allowance_, requests_, 2);
  }

  ExplainedProgram program_;
  ProgramRun run_;
  CoreAllowance allowance_{.cores = 2, .machine_cores = 2};
  std::size_t requests_ = 4;
  bool tells_threads_ = true;

 private:
  FrameStamps stamps_;
  TimePoint last_ = TimePoint(std::chrono::seconds(1));
};

TEST_F(Limit, IsTheDeviceWhenTheReaderWaitsForRequests) {
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}).stage, "device compute");
}

TEST_F(Limit, IsTheDeviceWhenInferenceUsesAllCores) {
  const LimitRecord found = limit({.wait_request = 8, .device = 20}, 1.85);
  EXPECT_EQ(found.stage, "device compute");
  EXPECT_THAT(found.text, HasSubstr("1.85 of them by inference"));
}

TEST_F(Limit, IsDecodingWhenTheReaderNeverWaits) {
  EXPECT_EQ(limit({.decode = {9, 9}, .fill = {1, 1}}).stage, "decode");
}

TEST_F(Limit, IsDecodingAlsoWhenItUsesACoreAndInferenceTheRest) {
  EXPECT_EQ(limit({.decode = {9, 9}, .fill = {1, 1}}, 0.9).stage, "decode");
}

TEST_F(Limit, IsDecodingWhenTheReaderWaitsForDecoderThreads) {
  run_.threads["decoder"] = {1, Seconds(0.9)};
  EXPECT_EQ(limit({.decode = {10, 0}}).stage, "decode");
}

TEST_F(Limit, IsTheSourceWhenTheReaderWaitsWithoutWork) { EXPECT_EQ(limit({.decode = {10, 1}}).stage, "source"); }

TEST_F(Limit, IsPreprocessingWhenThatTakesLongestOfTheReader) {
  EXPECT_EQ(limit({.decode = {3, 3}, .fill = {7, 7}}).stage, "preprocessing");
}

TEST_F(Limit, IsWhateverTheDeliveringThreadIsBusyWith) {
  EXPECT_EQ(limit({.callback = {9, 0}, .wait_request = 8}).stage, "callback");
}

TEST_F(Limit, IsTheSink) { EXPECT_EQ(limit({.sink = {9, 1}, .wait_request = 8}).stage, "sink"); }

TEST_F(Limit, IsTheSinkThatEncodes) {
  const LimitRecord found = limit({.sink = {4, 4}, .encode = {5, 1}, .wait_request = 8});
  EXPECT_EQ(found.stage, "sink");
  EXPECT_THAT(found.text, HasSubstr("mostly by encoding, takes 9.00 ms of the 10.00 ms"));
  EXPECT_THAT(found.evidence.at(2), HasSubstr("40 % in the sink, 0 % drawing, 50 % encoding"));
}

TEST_F(Limit, IsTheSinkThatEncodesAlsoWhenAllCoresAreBusy) {
  EXPECT_EQ(limit({.encode = {9, 7}, .wait_request = 1}, 1.2).stage, "sink");
}

TEST_F(Limit, IsDrawing) { EXPECT_EQ(limit({.draw = {9, 9}, .wait_request = 8}).stage, "drawing"); }

TEST_F(Limit, IsDrawingAlsoWhenAllCoresAreBusy) {
  EXPECT_EQ(limit({.draw = {9, 7}, .wait_request = 1}, 1.2).stage, "drawing");
}

TEST_F(Limit, IsSubmissionWithFewerRequestsThanTheDeviceWants) {
  requests_ = 1;
  EXPECT_EQ(limit({.wait_request = 8}).stage, "submission");
}

TEST_F(Limit, IsContentionWhenOtherThreadsTakeTheCores) {
  run_.threads["sink"] = {64, Seconds(1.2)};
  run_.cpu = Seconds(1.95);
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}).stage, "contention");
}

TEST_F(Limit, IsTheSinkWhenTheEncoderTakesTheCores) {
  program_.output = Output::video;
  run_.threads["encoder"] = {3, Seconds(0.7)};
  run_.threads["sink"] = {1, Seconds(0.5)};  // a newest-only one draws and converts there
  run_.cpu = Seconds(1.95);
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}, 0.8).stage, "sink");
}

TEST_F(Limit, IsTheSinkWhenTheEncodersCallTakesItsPart) {
  program_.output = Output::video;
  run_.threads["encoder"] = {3, Seconds(0.7)};
  run_.cpu = Seconds(1.95);
  EXPECT_EQ(limit({.encode = {2, 2}, .wait_request = 8, .device = 20}, 0.8).stage, "sink");
}

TEST_F(Limit, IsContentionWhenOtherProcessesTakeTheCores) {
  allowance_.others = 1.2;
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}, 0.6).stage, "contention");
}

TEST_F(Limit, IsTheQuotaWhenAllOfItIsInUse) {
  allowance_.quota = 1;
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}, 0.9).stage, "CPU quota");
}

// The neighbours' cores are those of the machine, and the quota is this process's alone.
TEST_F(Limit, IsNotTheQuotaWhenNeighboursAreBusyAndItIsNotUsed) {
  allowance_ = {.cores = 64, .machine_cores = 64, .quota = 4, .others = 10};
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}, 0.5).stage, "device compute");
  allowance_ = {.cores = 2, .machine_cores = 2, .quota = 1.9, .others = 1.5};
  EXPECT_EQ(limit({.wait_request = 8, .device = 20}, 0.5).stage, "contention");
}

TEST_F(Limit, IsNotToldByThreadsWhereTheSystemDoesNotTellThem) {
  run_.cpu = Seconds(1.95);
  tells_threads_ = false;
  const LimitRecord found = limit({.wait_request = 8, .device = 20});
  EXPECT_EQ(found.stage, "device compute");
  EXPECT_THAT(found.text, HasSubstr("does not tell by which threads"));
}

TEST_F(Limit, OfThreadsThatReadOutputsSaysHowManyThereAre) {
  program_.callback_threads = 2;
  EXPECT_THAT(limit({.callback = {19, 0}, .wait_request = 8}).text,
              HasSubstr("19.00 ms, with a result every 10.00 ms and 2 threads to read them"));
}

TEST_F(Limit, OfALoopKnowsNoThreadsForCallbacks) {
  program_.way.name = "sync";
  program_.callback_threads = 10;
  EXPECT_EQ(limit({.callback = {8, 0}, .device = 1}).stage, "callback");
}

TEST_F(Limit, IsTheQuotaWhenTheGroupWasHeldUp) {
  allowance_.quota = 1.5;
  allowance_.throttled = 0.2;
  EXPECT_EQ(limit({.decode = {9, 9}}).stage, "CPU quota");
}

TEST_F(Limit, NamesAnAffinityThatLeavesCoresOut) {
  allowance_.cores = 1;
  const LimitRecord found = limit({.wait_request = 8, .device = 20}, 0.9);
  EXPECT_EQ(found.stage, "CPU quota");
  EXPECT_THAT(found.text, HasSubstr("1 of the machine's 2 cores"));
}

TEST_F(Limit, OfASynchronousLoopIsWhatTakesLongest) {
  program_.way.name = "sync";
  EXPECT_EQ(limit({.decode = {2, 2}, .device = 8}).stage, "device compute");
}

TEST_F(Limit, OfASynchronousLoopWithASlowSinkIsTheSink) {
  program_.way.name = "sync";
  EXPECT_EQ(limit({.decode = {1, 1}, .sink = {7, 0}, .device = 2}).stage, "sink");
}

TEST_F(Limit, OfTwoRequestsIsTheThreadWhenItNeverWaits) {
  program_.way.name = "two-requests";
  EXPECT_EQ(limit({.decode = {8, 8}, .fill = {1, 1}, .device = 5}).stage, "decode");
}

TEST_F(Limit, TellsItsEvidence) {
  const LimitRecord found = limit({.decode = {1, 1}, .wait_request = 8, .device = 20});
  ASSERT_EQ(found.evidence.size(), 4U);
  EXPECT_THAT(found.evidence[1], HasSubstr("10 % decoding, 0 % preprocessing, 80 % waiting for a request"));
}

}  // namespace
}  // namespace inflight
