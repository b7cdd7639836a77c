#include "inflight/measure/device_estimate.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "hand_made_stamps.hpp"
#include "inflight/measure/stage_accounts.hpp"

namespace inflight {
namespace {

double after(TimePoint time) { return milliseconds_between(at(0), time); }

TEST(DeviceEstimate, SynchronousFramesAreExecutedAllTheTimeInTheDevice) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 10, 20), frame_in_device(1, 24, 36)};
  const auto times = estimate_device_times(frames, {});
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_TRUE(times[i].known);
    EXPECT_TRUE(times[i].end_seen);
    EXPECT_EQ(times[i].begin, frames[i].submitted);
    EXPECT_EQ(times[i].end, frames[i].completed);
    EXPECT_EQ(times[i].stream, 0);
  }
}

TEST(DeviceEstimate, OneStreamExecutesOneAfterAnotherInTheOrderOfSubmission) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 0, 10), frame_in_device(1, 1, 20),
                                        frame_in_device(2, 12, 30)};
  const auto times = estimate_device_times(frames, {.callback_thread = true});
  EXPECT_EQ(after(times[0].begin), 0);
  EXPECT_EQ(after(times[1].begin), 10);
  EXPECT_EQ(after(times[2].begin), 20);
  const DeviceSplit split = split_device_time(frames, {.callback_thread = true});
  EXPECT_EQ(split.frames, 3);
  EXPECT_DOUBLE_EQ(split.waiting.count(), (0 + 9 + 8) / 3.0);
  EXPECT_DOUBLE_EQ(split.executing.count(), 10);
  EXPECT_DOUBLE_EQ(split.unseen.count(), 0);
}

TEST(DeviceEstimate, TwoStreamsExecuteTwoAtATime) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 0, 10), frame_in_device(1, 1, 14), frame_in_device(2, 2, 22),
                                        frame_in_device(3, 3, 26)};
  const auto times = estimate_device_times(frames, {.callback_thread = true, .streams = 2});
  EXPECT_EQ(after(times[1].begin), 1);
  EXPECT_EQ(after(times[2].begin), 10) << "the stream of the first is free";
  EXPECT_EQ(after(times[3].begin), 14);
  EXPECT_EQ(times[0].stream, times[2].stream);
  EXPECT_EQ(times[1].stream, times[3].stream);
  EXPECT_NE(times[0].stream, times[1].stream);
}

TEST(DeviceEstimate, FramesCountInTheOrderOfSubmissionWhateverTheOrderOfDelivery) {
  const std::vector<FrameStamps> frames{frame_in_device(2, 2, 30), frame_in_device(1, 1, 20),
                                        frame_in_device(0, 0, 10)};
  const auto times = estimate_device_times(frames, {.callback_thread = true});
  EXPECT_EQ(after(times[0].begin), 20);
  EXPECT_EQ(after(times[1].begin), 10);
  EXPECT_EQ(after(times[2].begin), 0);
}

TEST(DeviceEstimate, AStreamIsFreeWhenItsFrameIsThroughThoughAnEarlierOneIsNot) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 0, 12), frame_in_device(1, 1, 8), frame_in_device(2, 2, 20)};
  const auto times = estimate_device_times(frames, {.callback_thread = true, .streams = 2});
  EXPECT_EQ(after(times[2].begin), 8);
}

// Callbacks of 5 ms, executions of 2: they queue up before the thread that calls back.
TEST(DeviceEstimate, WhatEndedBehindABusyCallbackThreadIsNotExecutedSoLong) {
  std::vector<FrameStamps> frames{frame_in_device(0, 0, 2), frame_in_device(1, 0, 7), frame_in_device(2, 1, 12)};
  for (FrameStamps& frame : frames) {
    frame.delivered = frame.taken + std::chrono::milliseconds(5);
    frame.finished = frame.delivered;
  }
  const WayShape shape{.callback_thread = true};
  const auto times = estimate_device_times(frames, shape);
  EXPECT_TRUE(times[0].end_seen);
  EXPECT_FALSE(times[1].end_seen);
  EXPECT_EQ(after(times[1].begin), 2);
  EXPECT_EQ(after(times[1].end), 4);
  EXPECT_EQ(after(times[2].begin), 4);
  EXPECT_EQ(after(times[2].end), 6);
  const DeviceSplit split = split_device_time(frames, shape);
  EXPECT_DOUBLE_EQ(split.executing.count(), 2);
  EXPECT_DOUBLE_EQ(split.waiting.count(), (0 + 2 + 3) / 3.0);
  EXPECT_DOUBLE_EQ(split.unseen.count(), (0 + 3 + 6) / 3.0);

  // One that failed says nothing about how long the others take.
  FrameStamps failed = frame_in_device(-1, -100, -99.9);
  failed.failed = true;
  frames.push_back(failed);
  frames.push_back(failed);
  EXPECT_EQ(after(estimate_device_times(frames, shape)[1].end), 4);
}

// The thread of two requests prepares the next frame for 9 ms, of which the execution needs 4.
TEST(DeviceEstimate, OneThreadSeesNothingWhileItPreparesTheNextFrame) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 10, 14),  // nothing else to do: seen when it ended
                                        frame_in_device(1, 20, 29), frame_in_device(2, 29 - 0.001, 38)};
  const auto times = estimate_device_times(frames, {});
  EXPECT_TRUE(times[0].end_seen);
  EXPECT_EQ(after(times[1].looked), 29 - 0.001);
  EXPECT_FALSE(times[1].end_seen);
  EXPECT_EQ(after(times[1].end), 24);
}

TEST(DeviceEstimate, SplitsTheStageOfTheAccounts) {
  const std::vector<FrameStamps> frames{frame_in_device(0, 0, 10), frame_in_device(1, 1, 11), frame_in_device(2, 2, 22),
                                        frame_in_device(3, 3, 23)};
  StageAccounts accounts;
  for (const FrameStamps& frame : frames) accounts.add(frame);
  for (const int streams : {1, 2, 3}) {
    const DeviceSplit split = split_device_time(frames, {.callback_thread = true, .streams = streams});
    EXPECT_NEAR((split.waiting + split.executing + split.unseen).count(), accounts.wall(Stage::device).count(), 1e-9);
  }
}

TEST(DeviceEstimate, AFrameThatFailedInTheDeviceTakesItsStreamAndIsNoPartOfTheMean) {
  std::vector<FrameStamps> frames{frame_in_device(0, 0, 10), frame_in_device(1, 1, 20), frame_in_device(2, 2, 30)};
  frames[1].failed = true;
  frames[1].completed = frames[1].taken = {};
  frames[1].delivered = frames[1].finished = at(20);
  const auto times = estimate_device_times(frames, {.callback_thread = true});
  EXPECT_TRUE(times[1].known);
  EXPECT_EQ(after(times[1].left), 20);
  EXPECT_EQ(after(times[2].begin), 20);
  EXPECT_EQ(split_device_time(frames, {.callback_thread = true}).frames, 2);
}

TEST(DeviceEstimate, AFrameThatFailedBeforeWasNeverThere) {
  std::vector<FrameStamps> frames{frame_in_device(0, 0, 10), frame_in_device(1, 1, 20), frame_in_device(2, 2, 30)};
  frames[1].failed = true;
  frames[1].submitted = frames[1].completed = frames[1].taken = {};
  frames[1].delivered = frames[1].finished = at(2);
  const auto times = estimate_device_times(frames, {.callback_thread = true});
  EXPECT_FALSE(times[1].known);
  EXPECT_EQ(after(times[2].begin), 10);
}

TEST(DeviceEstimate, WithoutFramesThereIsNothing) {
  EXPECT_TRUE(estimate_device_times({}, {}).empty());
  EXPECT_EQ(split_device_time({}, {.streams = 0}).frames, 0);
}

}  // namespace
}  // namespace inflight
