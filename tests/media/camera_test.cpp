// Cameras: what is asked of them, and what the user is told when they are missing, in use, gone or stuck.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "address.hpp"
#include "child_process.hpp"
#include "inflight/base/error.hpp"
#include "inflight/draw/jpeg.hpp"
#include "inflight/media/live_source.hpp"
#include "input_errors.hpp"
#include "media_files.hpp"
#include "scripted_camera.hpp"
#include "wait_until.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Camera : public testing::Test {
 protected:
  void SetUp() override {
    if (camera_.path().empty()) GTEST_SKIP() << "making a device node takes root (CAP_MKNOD)";
  }
  std::string error_of(LiveSourceOptions options = {}) const {
    return message_of<Error>([&] { LiveSource source(camera_.path(), std::move(options)); });
  }

  ScriptedCamera camera_;
};

TEST_F(Camera, GivesItsFrames) {
  LiveSource source(camera_.path(), {.camera = {.width = 64, .height = 48, .frame_rate = 200, .format = "yuyv422"}});
  Frame frame;
  auto last = std::chrono::nanoseconds(-1);
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    EXPECT_EQ(frame.width(), 64);
    EXPECT_EQ(frame.plane(0).data[0], 128);
    EXPECT_GT(frame.time(), last);
    last = frame.time();
  }
  EXPECT_EQ(source.info().frame_rate, 200);
  EXPECT_EQ(source.info().pixel_format, "yuyv422");
}

TEST_F(Camera, GivesItsFramesAsMjpeg) {
  Canvas picture(64, 48);
  picture.filled_rectangle(0, 0, 64, 48, {1, 1, 1, 1});
  JpegEncoder encoder;
  const auto file = encoder.encode(picture);
  camera_.jpeg.assign(file.begin(), file.end());
  LiveSource source(camera_.path(), {.camera = {.width = 64, .height = 48, .format = "mjpeg"}});
  Frame frame;
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    EXPECT_EQ(frame.width(), 64);
    EXPECT_EQ(frame.height(), 48);
    EXPECT_GE(frame.plane(0).data[0], 254) << "white in the full range of JPEG";
  }
  EXPECT_EQ(source.info().codec, "mjpeg");
  EXPECT_EQ(source.info().pixel_format, "yuvj420p");
  EXPECT_EQ(source.state().reconnects, 0);
}

TEST_F(Camera, WithoutMjpegSaysThatItWasAskedInVain) {
  EXPECT_THAT(error_of({.camera = {.format = "mjpeg"}}), HasSubstr("mjpeg was asked"));
}

TEST_F(Camera, IsAClipToAVideoReaderAsWell) {
  VideoReader reader(camera_.path(), {.frames = 5});
  EXPECT_EQ(reader.info().width, 64);
  EXPECT_EQ(times_of(reader).size(), 5u);
}

TEST_F(Camera, SaysWhatSizeItHasInstead) {
  EXPECT_THAT(error_of({.camera = {.width = 1000, .height = 700}}),
              AllOf(StartsWith(camera_.path()), HasSubstr("1000x700"), HasSubstr("64x48")));
}

TEST_F(Camera, SaysWhichFormatWasAskedInVain) {
  EXPECT_THAT(error_of({.camera = {.format = "nosuchformat"}}),
              AllOf(HasSubstr("nosuchformat was asked"), HasSubstr("--list-formats-ext")));
}

TEST_F(Camera, SaysThatAnotherProgramUsesIt) {
  camera_.busy = true;
  EXPECT_THAT(error_of(), AllOf(HasSubstr("busy"), HasSubstr("close the program that uses it first")));
}

TEST_F(Camera, IsLostWhenUnpluggedAndComesBackWhenPluggedIn) {
  LiveSource source(camera_.path());
  camera_.unplug();
  ASSERT_TRUE(wait_until([&] { return source.state().reason.find("there is no camera") != std::string::npos; }));
  EXPECT_FALSE(source.state().connected);
  camera_.plug();
  ASSERT_TRUE(wait_until([&] { return source.state().connected; }));
  EXPECT_EQ(source.state().reconnects, 1);
}

TEST_F(Camera, IsOpenedAgainWhenItGivesNothing) {
  LiveSource source(camera_.path(), {.silence = Seconds(0.5)});
  camera_.hangs = true;
  ASSERT_TRUE(wait_until([&] { return !source.state().connected; }));
  EXPECT_THAT(source.state().reason, HasSubstr("gave nothing for 0.5 s"));
  ASSERT_TRUE(wait_until([&] { return camera_.opened > 1; }));
  camera_.hangs = false;
  EXPECT_TRUE(wait_until([&] { return source.state().reconnects == 1; }));
}

TEST_F(Camera, EndsWhileItHangs) {
  LiveSource source(camera_.path(), {.silence = Seconds(1e6)});
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate > 0; }));
  camera_.hangs = true;
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate == 0; }));
}

TEST(Cameras, NoneIsThereOrNotThisOne) {
  EXPECT_THAT(message_of<Error>([] { LiveSource source("9876"); }),
              AllOf(StartsWith("/dev/video9876: there is no "), HasSubstr("camera"), Not(HasSubstr("\n"))));
}

TEST(Cameras, TheProcessThatHoldsADeviceIsNamed) {
  EXPECT_EQ(holder_of("/no/such/device"), "");
  const std::string path = std::filesystem::temp_directory_path() / ("inflight-held-" + std::to_string(getpid()));
  const int file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  EXPECT_EQ(holder_of(path), "this program itself");
  close(file);
  EXPECT_EQ(holder_of(path), "");
  {
    const ChildProcess other({"sh", "-c", "exec sleep 600 <\"$0\"", path});
    std::string holder;
    EXPECT_TRUE(wait_until([&] { return (holder = holder_of(path)).starts_with("sleep (process "); })) << holder;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace inflight
