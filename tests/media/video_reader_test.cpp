#include "inflight/media/video_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "inflight/base/error.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using testing::HasSubstr;

TEST(VideoReader, GivesEveryFrameOnceInOrder) {
  const std::vector<std::pair<const char*, std::size_t>> clips{
      {"bikes.mp4", 250}, {"bigbuckbunny.mp4", 132}, {"carphone_pristine.mp4", 120}};
  for (const auto& [name, frames] : clips)
    for (const int threads : {0, 1}) {
      VideoReader reader(asset(name), {.threads = threads});
      const auto times = times_of(reader);
      EXPECT_EQ(times.size(), frames) << name;
      EXPECT_EQ(times.front(), nanoseconds(0)) << name;
      EXPECT_TRUE(std::ranges::is_sorted(times, std::ranges::less_equal())) << name;
      EXPECT_EQ(reader.counts().frames, static_cast<std::int64_t>(frames)) << name;
      EXPECT_EQ(reader.counts().damaged_packets, 0) << name;
      EXPECT_FALSE(reader.counts().ended_early) << reader.counts().early_reason;
    }
}

TEST(VideoReader, TellsWhatTheStreamIs) {
  const VideoInfo info = VideoReader(asset("bikes.mp4")).info();
  EXPECT_EQ(info.codec, "h264");
  EXPECT_EQ(info.pixel_format, "yuv420p");
  EXPECT_EQ(info.width, 640);
  EXPECT_EQ(info.height, 272);
  EXPECT_EQ(info.rotation, 0);
  EXPECT_DOUBLE_EQ(info.frame_rate, 25);
  EXPECT_DOUBLE_EQ(info.duration, 10);
  EXPECT_EQ(info.frames, 250);
}

TEST(VideoReader, TellsTheSizeAsSeen) {
  const VideoInfo info = VideoReader(test_media("rotated_270.mp4")).info();
  EXPECT_EQ(info.rotation, 270);
  EXPECT_EQ(info.width, 120);
  EXPECT_EQ(info.height, 160);
}

/// A copy of a clip whose track is shown by another matrix, of which these are the first numbers of its rows.
class ShownBy {
 public:
  ShownBy(int a, int b, int c, int d) : path_(testing::TempDir() + "shown-by.mp4") {
    std::ifstream in(test_media("b_frames.mp4"), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    // ISO/IEC 14496-12, 8.3.2: 40 bytes of other fields, then a, b, u, c, d, v, x, y, w, in 16.16.
    constexpr std::size_t to_matrix = 4 + 40;
    const auto at = bytes.find("tkhd") + to_matrix;
    const auto put = [&](std::size_t place, int value) {
      for (std::size_t i = 0; i < 4; ++i)
        bytes[at + 4 * place + i] = static_cast<char>((value * 65536) >> (24 - 8 * static_cast<int>(i)));
    };
    put(0, a), put(1, b), put(3, c), put(4, d);
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~ShownBy() { std::filesystem::remove(path_); }
  int rotation() const { return VideoReader(path_).info().rotation; }

 private:
  std::string path_;
};

// A picture that is a mirror's may stay one, and must not stand on its head.
TEST(VideoReader, TakesAMirroredPictureForOneThatIsTurned) {
  EXPECT_EQ(ShownBy(0, 1, -1, 0).rotation(), 90);
  EXPECT_EQ(ShownBy(-1, 0, 0, 1).rotation(), 0) << "left and right";
  EXPECT_EQ(ShownBy(1, 0, 0, -1).rotation(), 180) << "above and below";
}

TEST(VideoReader, EstimatesTheNumberOfFramesThatTheContainerDoesNotTell) {
  EXPECT_EQ(VideoReader(test_media("h264.mkv")).info().frames, 50);
  EXPECT_EQ(VideoReader(test_media("raw.h264")).info().frames, 0);
}

TEST(VideoReader, CropsToTheColumnAndRow) {
  const Frame whole = first_frame(test_media("b_frames.mp4"));
  const Frame cropped = first_frame(test_media("cropped.mp4"));
  ASSERT_EQ(cropped.width(), 150);
  ASSERT_EQ(cropped.height(), 118);
  for (int y = 0; y < 118; ++y)
    EXPECT_EQ(std::memcmp(cropped.plane(0).data + y * cropped.plane(0).stride,
                          whole.plane(0).data + (y + 2) * whole.plane(0).stride + 6, 150),
              0)
        << y;
}

TEST(VideoReader, StaysAtTheEnd) {
  VideoReader reader(test_media("odd.mkv"));
  EXPECT_EQ(times_of(reader).size(), 5U);
  Frame frame;
  EXPECT_EQ(reader.read(frame), ReadOutcome::end);
  EXPECT_TRUE(frame.empty());
  EXPECT_EQ(reader.read(frame), ReadOutcome::end);
}

TEST(VideoReader, EndsAfterTheFramesAskedFor) {
  VideoReader reader(asset("bikes.mp4"), {.frames = 7});
  EXPECT_EQ(times_of(reader).size(), 7U);
  EXPECT_FALSE(reader.counts().ended_early);
}

TEST(VideoReader, StopsBeforeTheNextFrame) {
  std::stop_source stop;
  VideoReader reader(asset("bikes.mp4"), {.stop = stop.get_token()});
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  stop.request_stop();
  EXPECT_EQ(reader.read(frame), ReadOutcome::stopped);
  EXPECT_TRUE(frame.empty());
  EXPECT_EQ(reader.counts().frames, 1);
}

class AnyContainer : public testing::TestWithParam<const char*> {};

TEST_P(AnyContainer, StartsAtTheFirstFrameNotBeforeTheTime) {
  VideoReader whole(test_media(GetParam()));
  const auto all = times_of(whole);
  for (const int start : {20, 500, 960, 990, 1000, 1010, 1900}) {
    VideoReader reader(test_media(GetParam()), {.start = milliseconds(start)});
    const auto from = std::ranges::find_if(all, [&](auto time) { return time >= milliseconds(start); });
    EXPECT_EQ(times_of(reader), std::vector(from, all.end())) << start;
  }
}

TEST_P(AnyContainer, PlaysEveryFrameAgainWhenLooped) {
  for (const double start : {0.0, 0.5}) {
    VideoReader once(test_media(GetParam()), {.start = Seconds(start)});
    const auto pass = times_of(once);
    const auto twice = static_cast<std::int64_t>(2 * pass.size());
    VideoReader reader(test_media(GetParam()), {.start = Seconds(start), .loop = true, .frames = twice + 3});
    auto expected = pass;
    expected.insert(expected.end(), pass.begin(), pass.end());
    expected.insert(expected.end(), pass.begin(), pass.begin() + 3);
    EXPECT_EQ(times_of(reader), expected) << start;
    EXPECT_EQ(reader.counts().loops, 2) << start;
    EXPECT_EQ(reader.counts().frames, twice + 3) << start;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, AnyContainer,
                         testing::Values("b_frames.mp4", "fragmented.mp4", "one_keyframe.mp4", "h264.mkv", "h264.ts",
                                         "h264.flv", "raw.h264", "hevc10.mp4", "mpeg2.mpg", "mpeg2.ts", "mpeg4.avi",
                                         "mjpeg.avi", "vp9.webm", "long_sound.mp4"));

TEST(VideoReader, MakesAGraphAnewWhenLooped) {
  const std::string graph = "lavfi:testsrc2=size=64x48:rate=10:duration=0.5";
  for (const double start : {0.0, 0.25}) {
    VideoReader once(graph, {.start = Seconds(start)});
    auto expected = times_of(once);
    const auto pass = static_cast<std::ptrdiff_t>(expected.size());
    expected.insert(expected.end(), expected.begin(), expected.begin() + pass);
    VideoReader reader(graph, {.start = Seconds(start), .loop = true, .frames = 2 * pass});
    EXPECT_EQ(times_of(reader), expected) << start;
    EXPECT_EQ(reader.counts().loops, 1) << start;
  }
}

TEST(VideoReader, TellsTheLastTimeWhenTheStartIsBeyondAnEndThatNobodyKnew) {
  VideoReader reader(test_media("raw.h264"), {.start = Seconds(3)});
  Frame frame;
  EXPECT_THAT(message_of<UsageError>([&] { reader.read(frame); }), HasSubstr("last frame is at 1.96 s"));
}

}  // namespace
}  // namespace inflight
