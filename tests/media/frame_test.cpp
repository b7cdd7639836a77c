#include "inflight/media/frame.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ffmpeg_handles.hpp"
#include "frame_access.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

TEST(Frame, IsEmptyUntilItIsReadIntoAndAfterRelease) {
  Frame frame;
  EXPECT_TRUE(frame.empty());
  EXPECT_EQ(frame.plane_count(), 0);
  EXPECT_EQ(frame.width(), 0);
  EXPECT_EQ(frame.plane(0).data, nullptr);

  VideoReader reader(asset("carphone_pristine.mp4"));
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  EXPECT_FALSE(frame.empty());
  EXPECT_EQ(frame.width(), 176);
  EXPECT_EQ(frame.height(), 144);

  frame.release();
  EXPECT_TRUE(frame.empty());
  EXPECT_EQ(frame.width(), 0);
  EXPECT_TRUE(frame.share().empty());
  EXPECT_EQ(reader.read(frame), ReadOutcome::frame);
}

TEST(Frame, SharesPixelsWithoutCopyingThem) {
  Frame frame = first_frame(test_media("rotated_90.mp4"));
  const Frame second = frame.share();
  EXPECT_EQ(second.plane(0).data, frame.plane(0).data);
  EXPECT_EQ(second.plane(2).data, frame.plane(2).data);
  EXPECT_EQ(second.format(), frame.format());
  EXPECT_EQ(second.rotation(), 90);

  const std::uint8_t before = *second.plane(0).data;
  frame.release();
  EXPECT_EQ(*second.plane(0).data, before);
}

TEST(Frame, HoldsTheDecodersOwnBuffers) {
  // The decoder still predicts from some of the pictures that it gave out: a second owner shows that none was copied.
  VideoReader reader(asset("bikes.mp4"), {.frames = 20, .threads = 1});
  int most_owners = 0;
  for (Frame frame; reader.read(frame) == ReadOutcome::frame;) {
    const AVFrame& picture = *FrameAccess::get(frame);
    const AVBufferRef& buffer = *av_frame_get_plane_buffer(const_cast<AVFrame*>(&picture), 0);
    EXPECT_GE(frame.plane(0).data, buffer.data);
    EXPECT_LT(frame.plane(0).data, buffer.data + buffer.size);
    most_owners = std::max(most_owners, av_buffer_get_ref_count(&buffer));
  }
  EXPECT_GT(most_owners, 1);
}

TEST(Frame, OutlivesItsReader) {
  for (const char* name : {"h264.mkv", "format_yuva420p.mkv"}) {
    const Frame frame = first_frame(test_media(name));
    const Plane luma = frame.plane(0);
    int sum = 0;
    for (int y = 0; y < luma.height; ++y)
      for (int x = 0; x < luma.width; ++x) sum += luma.data[y * luma.stride + x];
    EXPECT_GT(sum, 0) << name;
  }
}

TEST(Frame, MovesLeaveAnEmptyFrameThatCanBeReadInto) {
  VideoReader reader(asset("carphone_pristine.mp4"));
  Frame frame;
  reader.read(frame);
  const std::uint8_t* pixels = frame.plane(0).data;
  const Frame taken = std::move(frame);
  EXPECT_EQ(taken.plane(0).data, pixels);
  EXPECT_TRUE(frame.empty());  // NOLINT(bugprone-use-after-move): that is the promise
  EXPECT_EQ(reader.read(frame), ReadOutcome::frame);
  EXPECT_NE(frame.plane(0).data, pixels);
}

TEST(Frame, RoundsChromaPlanesOfOddSizesUp) {
  for (const char* name : {"odd.mkv", "odd.webm"}) {
    const Frame frame = first_frame(test_media(name));
    EXPECT_EQ(frame.plane(0).width, 63) << name;
    EXPECT_EQ(frame.plane(0).height, 47) << name;
    EXPECT_EQ(frame.plane(1).width, 32) << name;
    EXPECT_EQ(frame.plane(1).height, 24) << name;
    EXPECT_EQ(frame.plane(3).data, nullptr) << name;
  }
}

TEST(Frame, SwapsTheSizeAsSeenWhenItLiesOnItsSide) {
  const auto seen = [](const char* name) {
    const Frame frame = first_frame(test_media(name));
    return std::array{frame.rotation(), frame.width(), frame.height(), frame.display_width(), frame.display_height()};
  };
  EXPECT_EQ(seen("b_frames.mp4"), (std::array{0, 160, 120, 160, 120}));
  EXPECT_EQ(seen("rotated_90.mp4"), (std::array{90, 160, 120, 120, 160}));
  EXPECT_EQ(seen("rotated_180.mp4"), (std::array{180, 160, 120, 160, 120}));
  EXPECT_EQ(seen("rotated_270.mp4"), (std::array{270, 160, 120, 120, 160}));
}

}  // namespace
}  // namespace inflight
