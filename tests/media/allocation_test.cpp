// What the reading of frames allocates by operator new. FFmpeg allocates by malloc and isn't counted.
#include "allocation_counter.hpp"

#include <gtest/gtest.h>

#include "inflight/media/live_source.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

class ReadAllocation : public testing::TestWithParam<const char*> {};

TEST_P(ReadAllocation, AsksNothingOfOperatorNewAfterTheFirstFrame) {
  VideoReader reader(GetParam(), {.loop = true, .frames = 300});
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  const long before = allocation_counter::calls_so_far();
  while (reader.read(frame) == ReadOutcome::frame) {
  }
  EXPECT_EQ(allocation_counter::calls_so_far(), before);
  EXPECT_EQ(reader.counts().frames, 300);
}

INSTANTIATE_TEST_SUITE_P(Clips, ReadAllocation,
                         testing::Values(INFLIGHT_ASSETS "/bikes.mp4",                // looped once
                                         INFLIGHT_TEST_MEDIA "/damaged.mp4",          // with refused packets
                                         INFLIGHT_TEST_MEDIA "/format_yuva420p.mkv",  // converted
                                         INFLIGHT_TEST_MEDIA "/h264.ts"));

TEST(ReadAllocation, OfALiveSourceIsNoneOnceItRuns) {
  LiveSource source("lavfi:testsrc2=size=64x48:rate=30,format=rgb24,realtime");  // converted
  Frame frame;
  for (int i = 0; i < 5; ++i) ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  const long before = allocation_counter::calls_so_far();
  for (int i = 0; i < 10; ++i) ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_EQ(allocation_counter::calls_so_far(), before);
}

TEST(ReadAllocation, IsSeenByTheCounter) {
  const long before = allocation_counter::calls_so_far();
  const Frame frame = first_frame(asset("bikes.mp4"));
  EXPECT_GT(allocation_counter::calls_so_far(), before);
}

}  // namespace
}  // namespace inflight
