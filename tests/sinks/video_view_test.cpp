// The demonstration as a file.
#include "inflight/sinks/video_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "example_figures.hpp"
#include "full_disk.hpp"
#include "inflight/base/error.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/sinks/dashboard.hpp"
#include "inflight/vision/picture_painter.hpp"
#include "pixels.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

class VideoViewTest : public testing::Test {
 protected:
  VideoViewTest() {
    silence_ffmpeg();
    fs::create_directories(folder_);
  }
  ~VideoViewTest() override { fs::remove_all(folder_); }

  std::string path() const { return folder_ / "out" / "demo.mp4"; }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("inflight-video-view-" + std::to_string(getpid()));
};

Canvas colored(int width, int height, Color color) {
  Canvas canvas(width, height);
  canvas.filled_rectangle(0, 0, width, height, color);
  return canvas;
}

double mean_distance(const Canvas& a, const Canvas& b) {
  double sum = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const test::Rgb one = test::pixel(a, x, y), other = test::pixel(b, x, y);
      sum += std::abs(one.red - other.red) + std::abs(one.green - other.green) + std::abs(one.blue - other.blue);
    }
  }
  return sum / (3.0 * a.width() * a.height());
}

TEST_F(VideoViewTest, WritesOnePictureForEachShow) {
  const Canvas green = colored(320, 180, {0, 0.6, 0.2, 1}), blue = colored(160, 120, {0.2, 0.3, 0.8, 1});
  const Canvas* const shown[] = {nullptr, &green, nullptr, &blue, nullptr};
  const Canvas* const seen[] = {nullptr, &green, &green, &blue, &blue};
  LiveFigures figures = test::example_figures();
  {
    const auto view = make_video_view(path(), 640, 360, 25);
    EXPECT_TRUE(view->wants_picture());
    EXPECT_EQ(view->picture_size(1280, 720), picture_size_on_dashboard(640, 360, 1280, 720));
    for (const Canvas* picture : shown) {
      view->show(picture, figures);
      ++figures.frames;
    }
    EXPECT_FALSE(fs::exists(path()));
    view->finish("the end");
  }
  VideoReader reader(path());
  EXPECT_EQ(reader.info().codec, "h264");
  EXPECT_EQ(reader.info().frames, 5);
  EXPECT_DOUBLE_EQ(reader.info().frame_rate, 25);
  figures = test::example_figures();
  for (const Canvas* picture : seen) {
    Frame frame;
    ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
    ASSERT_EQ(frame.width(), 640);
    ASSERT_EQ(frame.height(), 360);
    Canvas got(640, 360), expected(640, 360);
    PicturePainter({}, false)(got, frame, {});
    paint_dashboard(expected, picture, figures);
    ++figures.frames;
    EXPECT_LT(mean_distance(got, expected), 4);
  }
}

TEST_F(VideoViewTest, SaysThatTheDiskIsFullAndLeavesNothing) {
  const FullDisk full(50'000);
  std::mt19937 random(1);
  Canvas noise(320, 180);
  const auto view = make_video_view(path(), 640, 360, 25);
  const auto write = [&] {
    for (int i = 0; i < 200; ++i) {
      for (int y = 0; y < noise.height(); ++y) {
        for (int x = 0; x < 4 * noise.width(); ++x)
          noise.data()[y * noise.stride() + x] = static_cast<std::uint8_t>(random());
      }
      noise.touched();
      view->show(&noise, test::example_figures());
    }
    view->finish("the end");
  };
  try {
    write();
    FAIL() << "the disk was full";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr(path()), testing::HasSubstr("check the space")));
  }
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(VideoViewTest, LeavesNothingWithoutFinish) {
  {
    const auto view = make_video_view(path(), 640, 360, 25);
    view->show(nullptr, test::example_figures());
  }
  EXPECT_TRUE(fs::is_empty(fs::path(path()).parent_path()));
}

TEST_F(VideoViewTest, RefusesAFileThatCannotBe) {
  EXPECT_THROW(make_video_view("/dev/null", 640, 360, 25), Error);
  EXPECT_THROW(make_video_view(path(), 0, 360, 25), Error);
  EXPECT_THROW(make_video_view(path(), 640, 360, 25)->finish("nothing was shown"), Error);
}

}  // namespace
}  // namespace inflight
