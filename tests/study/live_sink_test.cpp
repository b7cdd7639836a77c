#include "study/live_sink.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "inflight/media/video_reader.hpp"

namespace inflight {
namespace {

class LiveSinkTest : public testing::Test {
 protected:
  LiveSinkTest() { reader_.read(frame_); }

  /// As a run without frames delivers it; its score tells which it is.
  void deliver(std::int64_t index) {
    FrameResult result;
    result.index = index;
    result.detections.emplace_back().score = static_cast<float>(index);
    sink_.deliver(result);
  }
  /// Of which result a picture can be drawn now; -1: of none.
  int taken() {
    Drawable drawable;
    if (!sink_.take(drawable)) return -1;
    EXPECT_FALSE(drawable.frame.empty());
    return static_cast<int>(drawable.detections.at(0).score);
  }

  VideoReader reader_{std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4"};
  Frame frame_;
  LiveSink sink_{false};
};

TEST_F(LiveSinkTest, AResultWithoutAFrameIsCountedAndNotDrawn) {
  deliver(0);
  EXPECT_EQ(sink_.delivered(), 1);
  EXPECT_EQ(taken(), -1);
}

TEST_F(LiveSinkTest, AFrameThatWasKeptIsDrawnWithWhatWasFoundInIt) {
  sink_.keep(1, frame_);
  deliver(0);
  EXPECT_EQ(taken(), -1);
  deliver(1);
  EXPECT_EQ(taken(), 1);
  deliver(2);
  EXPECT_EQ(taken(), -1);
}

TEST_F(LiveSinkTest, TheOneThatIsAwaitedIsNotReplaced) {
  sink_.keep(0, frame_);
  sink_.keep(1, frame_);  // inference is slow: later ones would replace each other for ever
  deliver(0);
  EXPECT_EQ(taken(), 0);
  deliver(1);
  EXPECT_EQ(taken(), -1);
  sink_.keep(2, frame_);
  deliver(2);
  EXPECT_EQ(taken(), 2);
}

TEST_F(LiveSinkTest, AnotherRunKnowsNothingOfTheFramesBefore) {
  sink_.begin_run({});
  sink_.keep(5, frame_);
  sink_.begin_run({});
  deliver(5);
  EXPECT_EQ(taken(), -1);
  sink_.keep(6, frame_);
  deliver(6);
  EXPECT_EQ(taken(), 6);
}

TEST_F(LiveSinkTest, OfARunWithoutViewersTheFirstFrameIsKept) {
  KeepingSource source(reader_, sink_);
  Frame frame;
  EXPECT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_FALSE(frame.empty());
  deliver(0);
  EXPECT_EQ(taken(), 0);
}

TEST_F(LiveSinkTest, AndNowAndThenOneOfTheOthers) {
  VideoReader clip(std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4", {.loop = true});
  KeepingSource source(clip, sink_);
  Frame frame;
  for (int index = 0, last = 0; last <= 0; ++index) {  // for a tenth of a second
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    deliver(index);
    last = taken();
  }
}

TEST(NaiveSink, APictureThatIsDrawnAtOnceIsNotWaitedForAgain) {
  VideoReader reader(std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4");
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  std::stop_source stop;
  LiveSink sink(true);
  sink.begin_run(stop.get_token());
  constexpr int pictures = 8'000;
  std::jthread loop([&] {
    for (int index = 0; index < pictures && !stop.stop_requested(); ++index) {
      FrameResult result;
      result.index = index;
      result.frame = frame.share();
      sink.deliver(result);
    }
  });
  // Holds the loop up now and then, between putting its picture there and waiting for it.
  std::jthread looker([&](const std::stop_token& looks) {
    while (!looks.stop_requested()) sink.take_latencies();
  });
  int drawn = 0;
  Drawable drawable;
  // Without a further one for so long, it waits for ever.
  for (TimePoint last = Clock::now(); drawn < pictures && Clock::now() - last < Seconds(60);) {
    if (!sink.take(drawable)) continue;
    sink.drawn();
    ++drawn;
    last = Clock::now();
  }
  EXPECT_EQ(drawn, pictures) << "the loop waits for a picture that is drawn already";
  stop.request_stop();
}

}  // namespace
}  // namespace inflight
