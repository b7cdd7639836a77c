// The pictures of a folder, read as a video.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>

#include "inflight/base/error.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ImageFolder : public testing::Test {
 protected:
  ImageFolder() : folder_(fs::temp_directory_path() / ("inflight-pictures-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  ~ImageFolder() override { fs::remove_all(folder_); }

  void add(const std::string& name, const std::string& of) const { fs::copy_file(test_media(of), folder_ / name); }
  std::string error_of(VideoReaderOptions options = {}) const {
    return message_of<Error>([&] { times_of(*std::make_unique<VideoReader>(folder_, options)); });
  }

  // Width of every frame.
  static std::vector<int> widths_of(VideoReader& reader) {
    std::vector<int> widths;
    for (Frame frame; reader.read(frame) == ReadOutcome::frame;) widths.push_back(frame.width());
    return widths;
  }

  const fs::path folder_;
};

TEST_F(ImageFolder, GivesItsPicturesInTheOrderOfTheirNames) {
  add("3.png", "picture_b.png");
  add("1.bmp", "picture_c.bmp");
  add("2.jpg", "picture_a.jpg");
  add("4.webp", "picture_d.webp");
  add("5.gif", "picture_e.gif");
  VideoReader reader(folder_);
  EXPECT_EQ(reader.info().width, 96);
  EXPECT_EQ(reader.info().height, 72);
  EXPECT_EQ(reader.info().codec, "bmp");
  EXPECT_EQ(reader.info().frames, 5);
  EXPECT_EQ(reader.info().frame_rate, 0) << "a folder tells none";
  EXPECT_THAT(widths_of(reader), ElementsAre(96, 64, 80, 112, 64));
  EXPECT_EQ(reader.counts().frames, 5);
  EXPECT_EQ(reader.counts().skipped_files, 0);
}

TEST_F(ImageFolder, GivesOneEverySecond) {
  for (const char* name : {"a", "b", "c"}) add(name, "picture_a.jpg");
  VideoReader reader(folder_);
  using std::chrono::seconds;
  EXPECT_THAT(times_of(reader), ElementsAre(seconds(0), seconds(1), seconds(2)));
}

TEST_F(ImageFolder, GoesByTheContentAndCountsWhatIsNoPicture) {
  add("a.txt", "picture_a.jpg");
  add("b.jpg", "text.txt");
  add("c.png", "picture_c.bmp");
  add("d.mp4", "b_frames.mp4");
  add("e.jpg", "empty.mp4");
  add(".hidden.jpg", "picture_a.jpg");
  fs::create_directory(folder_ / "f.jpg");
  VideoReader reader(folder_);
  EXPECT_THAT(widths_of(reader), ElementsAre(64, 96));
  EXPECT_EQ(reader.counts().skipped_files, 3);
}

TEST_F(ImageFolder, TakesAPatternInANameForLetters) {
  add("50%03d*.jpg", "picture_a.jpg");
  VideoReader reader(folder_);
  EXPECT_THAT(widths_of(reader), ElementsAre(64));
}

TEST_F(ImageFolder, SkipsDamagedPicturesAndCountsThem) {
  add("a.png", "picture_cut.png");
  add("b.jpg", "picture_a.jpg");
  VideoReader reader(folder_);
  const auto widths = widths_of(reader);
  EXPECT_EQ(reader.counts().damaged_packets + reader.counts().damaged_frames, 1);
  EXPECT_EQ(widths.back(), 64);
}

TEST_F(ImageFolder, TurnsPhotographsAsTheySay) {
  add("a.jpg", "picture_rotated.jpg");
  VideoReader reader(folder_);
  EXPECT_EQ(reader.info().width, 48);
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  EXPECT_EQ(frame.rotation(), 90);
  EXPECT_EQ(frame.display_width(), 48);
}

TEST_F(ImageFolder, BeginsAtTheStartAndLoops) {
  add("a", "picture_a.jpg");
  add("b", "picture_b.png");
  add("c", "picture_c.bmp");
  VideoReader later(folder_, {.start = Seconds(1)});
  EXPECT_THAT(widths_of(later), ElementsAre(80, 96));
  VideoReader looped(folder_, {.start = Seconds(0.5), .loop = true, .frames = 5});
  EXPECT_THAT(widths_of(looped), ElementsAre(80, 96, 80, 96, 80));
  EXPECT_EQ(looped.counts().loops, 2);
  add("d.txt", "text.txt");
  VideoReader with_text(folder_, {.loop = true, .frames = 7});
  EXPECT_THAT(widths_of(with_text), ElementsAre(64, 80, 96, 64, 80, 96, 64));
  EXPECT_EQ(with_text.counts().skipped_files, 1) << "in every pass the same";
  EXPECT_THAT(error_of({.start = Seconds(3)}), AllOf(HasSubstr("start 3 s"), HasSubstr("3 pictures")));
}

TEST_F(ImageFolder, EndsAfterTheFramesThatWereAskedAndOnAStop) {
  for (const char* name : {"a", "b", "c"}) add(name, "picture_a.jpg");
  VideoReader reader(folder_, {.frames = 2});
  EXPECT_EQ(times_of(reader).size(), 2u);
  std::stop_source stop;
  VideoReader stopped(folder_, {.loop = true, .stop = stop.get_token()});
  Frame frame;
  EXPECT_EQ(stopped.read(frame), ReadOutcome::frame);
  stop.request_stop();
  EXPECT_EQ(stopped.read(frame), ReadOutcome::stopped);
  EXPECT_TRUE(frame.empty());
}

TEST_F(ImageFolder, SaysThatItIsEmptyOrHoldsNoPicture) {
  EXPECT_THAT(error_of(), AllOf(StartsWith(folder_.string()), HasSubstr("the folder is empty")));
  add("a.txt", "text.txt");
  EXPECT_THAT(error_of(), HasSubstr("none of its 1 files is a picture"));
  add("b.png", "picture_cut.png");
  fs::resize_file(folder_ / "b.png", 40);
  EXPECT_THAT(error_of(), HasSubstr("none of its 1 pictures can be decoded"));
}

TEST_F(ImageFolder, IsNoCamera) {
  add("a", "picture_a.jpg");
  EXPECT_THAT(error_of({.camera = {.width = 64, .height = 48}}), HasSubstr("video_size"));
}

}  // namespace
}  // namespace inflight
