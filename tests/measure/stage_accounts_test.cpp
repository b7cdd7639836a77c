#include "inflight/measure/stage_accounts.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace inflight {
namespace {

using std::chrono::milliseconds;

FrameStamps frame_with(Clock::duration step) {
  FrameStamps stamps;
  stamps.asked = TimePoint(milliseconds(1000));
  stamps.decoded = stamps.asked + 10 * step;
  stamps.demuxing = step;
  stamps.acquired = stamps.decoded + 2 * step;
  stamps.submitted = stamps.acquired + 3 * step;
  stamps.completed = stamps.submitted + 4 * step;
  stamps.taken = stamps.completed + 5 * step;
  stamps.delivered = stamps.taken + 6 * step;
  stamps.finished = stamps.delivered + 16 * step;
  stamps.drawing = 7 * step;
  stamps.encoding = 8 * step;
  return stamps;
}

TEST(StageAccounts, EveryStageLiesBetweenItsStamps) {
  StageAccounts accounts;
  accounts.add(frame_with(milliseconds(1)));
  EXPECT_EQ(accounts.frames(), 1);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::read).count(), 1);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::decode).count(), 9);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::wait_request).count(), 2);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::fill).count(), 3);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::device).count(), 4);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::wait_order).count(), 5);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::callback).count(), 6);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::sink).count(), 1);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::draw).count(), 7);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::encode).count(), 8);
}

TEST(StageAccounts, MeansOverFramesAndOverWhatIsMerged) {
  StageAccounts first, second;
  first.add(frame_with(milliseconds(1)));
  second.add(frame_with(milliseconds(2)));
  second.add(frame_with(milliseconds(6)));
  first.merge(second);
  EXPECT_EQ(first.frames(), 3);
  EXPECT_DOUBLE_EQ(first.wall(Stage::fill).count(), 9);
}

TEST(StageAccounts, CoreTimeIsTheMeanOfThoseFramesOfWhichItIsKnown) {
  StageAccounts accounts;
  accounts.add(frame_with(milliseconds(1)));
  EXPECT_EQ(accounts.cores(Stage::fill).count(), 0);
  FrameStamps known = frame_with(milliseconds(1));
  known.cores = {.known = true,
                 .decode = milliseconds(5),
                 .fill = milliseconds(2),
                 .callback = milliseconds(3),
                 .sink = milliseconds(8),
                 .draw = milliseconds(1),
                 .encode = milliseconds(3)};
  accounts.add(known);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::decode).count(), 5);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::fill).count(), 2);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::callback).count(), 3);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::sink).count(), 4);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::encode).count(), 3);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::draw).count(), 1);
  EXPECT_DOUBLE_EQ(accounts.cores().count(), 18);
  EXPECT_EQ(accounts.cores(Stage::device).count(), 0);
}

// A source with a thread of its own has read the packets before it was asked; a sink may draw on another thread.
TEST(StageAccounts, NoStageIsLessThanNothing) {
  FrameStamps stamps = frame_with(milliseconds(1));
  stamps.demuxing = milliseconds(500);
  stamps.drawing = milliseconds(500);
  StageAccounts accounts;
  accounts.add(stamps);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::read).count(), 10);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::decode).count(), 0);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::draw).count(), 16);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::encode).count(), 0);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::sink).count(), 0);
  stamps.drawing = milliseconds(7);
  stamps.encoding = milliseconds(500);
  accounts.add(stamps);
  EXPECT_DOUBLE_EQ(accounts.wall(Stage::encode).count(), 9.0 / 2);
  stamps.cores = {.known = true, .sink = milliseconds(3), .draw = milliseconds(1), .encode = milliseconds(500)};
  accounts.add(stamps);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::encode).count(), 2);
  EXPECT_DOUBLE_EQ(accounts.cores(Stage::sink).count(), 0);
}

TEST(StageAccounts, WithoutFramesAllIsZero) {
  const StageAccounts accounts;
  EXPECT_EQ(accounts.wall(Stage::device).count(), 0);
  EXPECT_EQ(accounts.cores(Stage::fill).count(), 0);
  EXPECT_STREQ(name_of(Stage::wait_request), "wait_request");
  EXPECT_STREQ(name_of(Stage::encode), "encode");
}

}  // namespace
}  // namespace inflight
