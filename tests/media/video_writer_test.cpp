#include "inflight/media/video_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "full_disk.hpp"
#include "inflight/base/error.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class VideoWriterTest : public testing::Test {
 protected:
  VideoWriterTest() {
    silence_ffmpeg();
    fs::create_directories(folder_);
  }
  ~VideoWriterTest() override { fs::remove_all(folder_); }

  std::string path(const char* name) const { return folder_ / name; }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename());
    return names;
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("inflight-writer-" + std::to_string(getpid()));
};

std::vector<std::uint8_t> solid(int width, int height, std::array<std::uint8_t, 4> bgra) {
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < width * height; ++i) pixels.insert(pixels.end(), bgra.begin(), bgra.end());
  return pixels;
}

TEST_F(VideoWriterTest, WritesWhatReadsBackInTheSameColour) {
  constexpr int width = 64, height = 48;
  const auto pixels = solid(width, height, {30, 60, 200, 0});  // alpha is not looked at
  VideoWriter writer(path("out.mp4"), width, height, 30000.0 / 1001);
  for (int i = 0; i < 10; ++i) writer.write(pixels.data(), width * 4);
  writer.finish();
  EXPECT_THAT(files(), testing::ElementsAre("out.mp4"));

  VideoReader reader(path("out.mp4"));
  EXPECT_EQ(reader.info().codec, "h264");
  EXPECT_EQ(reader.info().frames, 10);
  EXPECT_DOUBLE_EQ(reader.info().frame_rate, 30000.0 / 1001);
  EXPECT_NEAR(reader.info().duration, 10 * 1001 / 30000.0, 1e-3);
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  EXPECT_EQ(frame.matrix(), ColorMatrix::bt709);
  EXPECT_FALSE(frame.full_range());
  // BT.709, limited range, of RGB (200, 60, 30).
  EXPECT_NEAR(frame.plane(0).data[20 * frame.plane(0).stride + 20], 91, 2);
  EXPECT_NEAR(frame.plane(1).data[10 * frame.plane(1).stride + 10], 101, 2);
  EXPECT_NEAR(frame.plane(2).data[10 * frame.plane(2).stride + 10], 190, 2);
  EXPECT_EQ(times_of(reader).size(), 9U);
  EXPECT_FALSE(reader.counts().ended_early);
}

TEST_F(VideoWriterTest, PutsTheHeaderFirst) {
  const auto pixels = solid(32, 32, {1, 2, 3, 4});
  VideoWriter writer(path("out.mp4"), 32, 32, 25);
  writer.write(pixels.data(), 32 * 4);
  writer.finish();
  std::ifstream file(path("out.mp4"), std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST_F(VideoWriterTest, DropsTheLastRowAndColumnOfOddSizes) {
  const auto pixels = solid(65, 49, {0, 0, 255, 255});
  VideoWriter writer(path("odd.mp4"), 65, 49, 25);
  writer.write(pixels.data(), 65 * 4);
  writer.finish();
  const Frame frame = first_frame(path("odd.mp4"));
  EXPECT_EQ(frame.width(), 64);
  EXPECT_EQ(frame.height(), 48);
}

TEST_F(VideoWriterTest, FinishesOnceAndTakesNothingAfterwards) {
  const auto pixels = solid(32, 32, {1, 2, 3, 4});
  VideoWriter writer(path("out.mp4"), 32, 32, 25);
  writer.write(pixels.data(), 32 * 4);
  EXPECT_THAT(files(), testing::Not(testing::Contains("out.mp4")));
  writer.finish();
  writer.finish();
  EXPECT_THROW(writer.write(pixels.data(), 32 * 4), Error);
  EXPECT_THAT(files(), testing::ElementsAre("out.mp4"));
}

TEST_F(VideoWriterTest, LeavesNothingBehindWithoutFinish) {
  {
    const auto pixels = solid(32, 32, {1, 2, 3, 4});
    VideoWriter writer(path("out.mp4"), 32, 32, 25);
    for (int i = 0; i < 100; ++i) writer.write(pixels.data(), 32 * 4);
    EXPECT_THAT(files(), testing::Not(testing::Contains("out.mp4")));
  }
  EXPECT_THAT(files(), testing::IsEmpty());
}

TEST_F(VideoWriterTest, KeepsTheOldFileUntilTheNewOneIsComplete) {
  std::ofstream(path("out.mp4")) << "old";
  const auto pixels = solid(32, 32, {1, 2, 3, 4});
  { VideoWriter(path("out.mp4"), 32, 32, 25).write(pixels.data(), 32 * 4); }
  EXPECT_EQ(fs::file_size(path("out.mp4")), 3U);
  VideoWriter writer(path("out.mp4"), 32, 32, 25);
  writer.write(pixels.data(), 32 * 4);
  writer.finish();
  EXPECT_GT(fs::file_size(path("out.mp4")), 100U);
}

// Pictures that cannot be compressed, until the disk is full.
void write_noise(const std::string& path, int pictures) {
  constexpr int width = 320, height = 240;
  std::mt19937 random(1);
  std::vector<std::uint8_t> pixels(width * height * 4);
  VideoWriter writer(path, width, height, 25);
  for (int i = 0; i < pictures; ++i) {
    std::ranges::generate(pixels, [&] { return static_cast<std::uint8_t>(random()); });
    writer.write(pixels.data(), width * 4);
  }
  writer.finish();
}

TEST_F(VideoWriterTest, NamesTheFileWhenTheDiskIsFullWhileWriting) {
  const FullDisk full(100'000);
  EXPECT_THAT(message_of<Error>([&] { write_noise(path("out.mp4"), 100); }),
              AllOf(StartsWith(path("out.mp4") + ": cannot be written"), HasSubstr("check the space")));
  EXPECT_THAT(files(), testing::IsEmpty());
}

TEST_F(VideoWriterTest, NamesTheFileWhenTheDiskIsFullAtTheEnd) {
  const auto pixels = solid(32, 32, {1, 2, 3, 4});
  const FullDisk full(500);  // less than the header, which is written last
  VideoWriter writer(path("out.mp4"), 32, 32, 25);
  writer.write(pixels.data(), 32 * 4);
  EXPECT_THAT(message_of<Error>([&] { writer.finish(); }), StartsWith(path("out.mp4") + ": cannot be written"));
  EXPECT_THROW(writer.finish(), Error);
  EXPECT_THAT(files(), testing::Not(testing::Contains("out.mp4")));
}

TEST_F(VideoWriterTest, RefusesWhatItCannotWrite) {
  const auto error_of = [](const std::string& file, int width, int height, double rate) {
    return message_of<Error>([&] { VideoWriter writer(file, width, height, rate); });
  };
  EXPECT_THAT(error_of(path(""), 32, 32, 25), HasSubstr("is no name for a file"));
  EXPECT_THAT(error_of("/dev/null", 32, 32, 25), HasSubstr("is not a regular file"));
  EXPECT_THAT(error_of(path("out.mp4"), 0, 32, 25), HasSubstr("0x32"));
  EXPECT_THAT(error_of(path("out.mp4"), 32, 32, 0), HasSubstr("0 frames per second"));
  EXPECT_THAT(message_of<Error>([&] { VideoWriter(path("out.mp4"), 32, 32, 25).finish(); }),
              HasSubstr("no picture was written"));
  EXPECT_THAT(files(), testing::IsEmpty());
}

}  // namespace
}  // namespace inflight
