// Damaged and incomplete files: what is given out, and what is remembered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inflight/base/error.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

ReadCounts counts_of(const std::string& path, VideoReaderOptions options = {}) {
  VideoReader reader(path, std::move(options));
  times_of(reader);
  return reader.counts();
}

TEST(DamagedVideo, SkipsAndCountsThePacketsThatTheDecoderRefuses) {
  for (const int threads : {1, 2}) {
    const ReadCounts counts = counts_of(test_media("damaged.mp4"), {.threads = threads});
    EXPECT_GT(counts.damaged_packets, 0) << threads;
    EXPECT_EQ(counts.frames + counts.damaged_packets, 50) << threads;
    EXPECT_FALSE(counts.ended_early) << counts.early_reason;
  }
}

TEST(DamagedVideo, GivesOutConcealedPicturesAndCountsThem) {
  const ReadCounts counts = counts_of(test_media("damaged.avi"));
  EXPECT_GT(counts.damaged_frames, 0);
  EXPECT_GT(counts.frames, 40);
}

TEST(DamagedVideo, GoesOnBehindTheDamage) {
  for (const char* name : {"damaged.mp4", "damaged.ts", "damaged.mkv"}) {
    VideoReader reader(test_media(name));
    const auto times = times_of(reader);
    ASSERT_FALSE(times.empty()) << name;
    EXPECT_GT(times.back(), std::chrono::milliseconds(1900)) << name;
  }
}

TEST(DamagedVideo, EndsOrThrowsWhenNothingCanBeDecoded) {
  const ReadCounts counts = counts_of(test_media("undecodable.mp4"));
  EXPECT_EQ(counts.frames, 0);
  EXPECT_GT(counts.damaged_packets, 40);
  const std::string message = message_of<Error>([] { counts_of(test_media("undecodable.mp4"), {.loop = true}); });
  EXPECT_THAT(message, HasSubstr("no frame of it can be decoded"));
}

class TruncatedVideo : public testing::TestWithParam<const char*> {};

TEST_P(TruncatedVideo, IsToldToBeIncomplete) {
  const std::string path = test_media(GetParam());
  const ReadCounts counts = counts_of(path);
  EXPECT_GT(counts.frames, 10);
  EXPECT_LT(counts.frames, 30);
  EXPECT_TRUE(counts.ended_early);
  EXPECT_THAT(counts.early_reason, StartsWith(path + ": ends after "));
  EXPECT_THAT(counts.early_reason, HasSubstr("; the file is incomplete"));

  EXPECT_FALSE(counts_of(path, {.frames = 5}).ended_early);
  EXPECT_TRUE(counts_of(path, {.start = Seconds(0.3)}).ended_early);
  EXPECT_TRUE(counts_of(path, {.loop = true, .frames = 60}).ended_early);
}

INSTANTIATE_TEST_SUITE_P(Containers, TruncatedVideo,
                         testing::Values("truncated.mp4", "truncated.mkv", "truncated.avi", "truncated.flv"));

TEST(TruncatedVideo, IsToldInFramesWhereTheContainerCountsThem) {
  EXPECT_THAT(counts_of(test_media("truncated.mp4")).early_reason,
              testing::ContainsRegex("ends after 2[0-9] of 50 frames"));
  EXPECT_THAT(counts_of(test_media("truncated.flv")).early_reason, HasSubstr("of 2.08 seconds"));
}

TEST(WholeVideo, IsNeverToldToBeIncomplete) {
  for (const char* name :
       {"b_frames.mp4",   "faststart.mp4",    "fragmented.mp4",  "h264.mkv",    "h264.ts",       "h264.flv",
        "raw.h264",       "one_keyframe.mp4", "hevc10.mp4",      "mpeg2.mpg",   "mpeg2.ts",      "mpeg4.avi",
        "mjpeg.avi",      "vp9.webm",         "odd.mkv",         "cropped.mp4", "edit_list.mp4", "long_sound.mp4",
        "long_sound.mkv", "long_sound.flv",   "format_nv12.nut", "truncated.ts"}) {
    for (const double start : {0.0, 0.1}) {
      const ReadCounts counts = counts_of(test_media(name), {.start = Seconds(start)});
      EXPECT_FALSE(counts.ended_early) << counts.early_reason;
      EXPECT_EQ(counts.damaged_packets, 0) << name;
      EXPECT_GT(counts.frames, 0) << name;
    }
  }
}

}  // namespace
}  // namespace inflight
