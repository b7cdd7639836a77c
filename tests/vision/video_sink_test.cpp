// Results as an annotated video.
#include "inflight/sinks/video_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clips.hpp"
#include "inflight/base/error.hpp"
#include "inflight/sinks/drawing_sink.hpp"

namespace inflight {
namespace {

using test::TemporaryFile;

TEST(VideoSink, WritesEveryFrameWithItsBoxes) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 25, {"face"}, "");
  VideoReader reader(test::asset("carphone_pristine.mp4"), {.frames = 10});
  FrameResult result;
  while (reader.read(result.frame) == ReadOutcome::frame) {
    result.detections = {{.box = {40, 40, 120, 120}, .score = 0.9F}};
    sink.deliver(result);
  }
  sink.finish();

  VideoReader written(file.path());
  EXPECT_EQ(written.info().width, 176);
  EXPECT_EQ(written.info().height, 144);
  EXPECT_NEAR(written.info().frame_rate, 25, 0.01);
  Frame frame;
  int frames = 0;
  while (written.read(frame) == ReadOutcome::frame) ++frames;
  EXPECT_EQ(frames, 10);

  const test::Input marked = test::preprocess(test::first_frame(file.path()), {176, 144});
  const test::Input plain = test::preprocess(test::first_frame(test::asset("carphone_pristine.mp4")), {176, 144});
  const auto greener = [&](int x, int y) {
    return (marked.at(x, y, 1) - marked.at(x, y, 0)) - (plain.at(x, y, 1) - plain.at(x, y, 0));
  };
  int green_edge = 0, green_inside = 0;
  for (int x = 45; x < 115; ++x) {
    green_edge += greener(x, 120) > 40 ? 1 : 0;
    green_inside += greener(x, 90) > 40 ? 1 : 0;
  }
  EXPECT_GT(green_edge, 35);
  EXPECT_LT(green_inside, 5);
}

TEST(DrawingSink, DrawsAsWideAsItIsAsked) {
  VideoReader reader(test::asset("carphone_pristine.mp4"), {.frames = 1});
  FrameResult result;
  ASSERT_EQ(reader.read(result.frame), ReadOutcome::frame);
  for (const int width : {0, 88}) {
    DrawingSink sink({}, "", width);
    sink.deliver(result);
    ASSERT_NE(sink.picture(), nullptr);
    EXPECT_EQ(sink.picture()->width(), width > 0 ? width : 176);
    EXPECT_EQ(sink.picture()->height(), width > 0 ? 72 : 144);
  }
}

TEST(VideoSink, SaysHowLongItDrawsAndEncodes) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 25, {}, "");
  for (const bool known : {false, true}) {
    FrameResult result;
    result.frame = test::first_frame(test::asset("carphone_pristine.mp4"));
    result.stamps.cores.known = known;
    result.stamps.delivered = Clock::now();
    sink.deliver(result);
    const auto all = Clock::now() - result.stamps.delivered;
    EXPECT_GT(result.stamps.drawing.count(), 0);
    EXPECT_GT(result.stamps.encoding.count(), 0);
    EXPECT_LE(result.stamps.drawing + result.stamps.encoding, all);
    EXPECT_EQ(result.stamps.cores.draw.count() > 0, known);
    EXPECT_EQ(result.stamps.cores.encode.count() > 0, known);
  }
}

TEST(VideoSink, TurnsFramesUpright) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 25, {}, "upright");
  FrameResult result;
  result.frame = test::first_frame(test::media("rotated_90.mp4"));
  sink.deliver(result);
  sink.finish();
  VideoReader written(file.path());
  EXPECT_EQ(written.info().width, 120);
  EXPECT_EQ(written.info().height, 160);
}

TEST(VideoSink, SaysWhichPicturesAreNoneForAVideo) {
  const TemporaryFile file(".mp4");
  VideoReader reader("lavfi:testsrc=size=64x64:duration=1,crop=1:2");
  FrameResult result;
  ASSERT_EQ(reader.read(result.frame), ReadOutcome::frame);
  VideoSink sink(file.path(), 25, {}, "");
  try {
    sink.deliver(result);
    FAIL() << "it was written";
  } catch (const UsageError& error) {
    FAIL() << "nobody asked for that size: " << error.what();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("1x2 pixels are none for a video"));
  }
}

TEST(VideoSink, PlaysWhatHasNoUsableRateAtTheUsualOne) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 90'000, {}, "");
  FrameResult result;
  result.frame = test::first_frame(test::media("rotated_90.mp4"));
  sink.deliver(result);
  sink.finish();
  EXPECT_NEAR(VideoReader(file.path()).info().frame_rate, 25, 0.01);
}

TEST(VideoSink, PassesOverFramesThatAreMissing) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 25, {}, "");
  FrameResult result;
  sink.deliver(result);
  EXPECT_THROW(sink.finish(), Error);
  EXPECT_FALSE(std::filesystem::exists(file.path()));
}

TEST(VideoSink, RefusesAFrameOfAnotherSize) {
  const TemporaryFile file(".mp4");
  VideoSink sink(file.path(), 25, {}, "");
  FrameResult result;
  result.frame = test::first_frame(test::asset("carphone_pristine.mp4"));
  sink.deliver(result);
  result.frame = test::first_frame(test::asset("bikes.mp4"));
  EXPECT_THROW(sink.deliver(result), Error);
}

}  // namespace
}  // namespace inflight
