// A camera in the network: GStreamer's RTSP server on the loopback address, killed, restarted and hung.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "child_process.hpp"
#include "inflight/base/error.hpp"
#include "inflight/media/live_source.hpp"
#include "media_files.hpp"
#include "wait_until.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Rtsp : public testing::Test {
 protected:
  void SetUp() override {
    start("0");
    if (port_.starts_with("skip: ")) GTEST_SKIP() << port_.substr(6);
    ASSERT_NE(port_, "") << "the server did not start";
  }
  void start(const std::string& port) {
    server_ = std::make_unique<ChildProcess>(std::vector<std::string>{INFLIGHT_PYTHON3, INFLIGHT_RTSP_SERVER, port});
    port_ = server_->line();
  }
  std::string address() const { return "rtsp://127.0.0.1:" + port_ + "/camera"; }

  std::unique_ptr<ChildProcess> server_;
  std::string port_;
};

TEST_F(Rtsp, GivesTheCamerasFrames) {
  LiveSource source(address());
  Frame frame;
  auto last = std::chrono::nanoseconds(-1);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    EXPECT_EQ(frame.width(), 320);
    EXPECT_EQ(frame.height(), 240);
    EXPECT_GT(frame.time(), last);
    last = frame.time();
  }
  EXPECT_EQ(source.info().codec, "h264");
  EXPECT_EQ(source.info().pixel_format, "yuv420p");
  EXPECT_EQ(source.info().width, 320);
}

TEST_F(Rtsp, IsAClipToAVideoReaderAsWell) {
  VideoReader reader(address(), {.frames = 5});
  EXPECT_EQ(times_of(reader).size(), 5u);
}

TEST_F(Rtsp, SaysWhyACameraIsGoneAndComesBackWithIt) {
  LiveSource source(address());
  ASSERT_TRUE(wait_until([&] { return source.state().frames > 5; }));
  server_->kill();
  ASSERT_TRUE(wait_until([&] { return source.state().reason.find("Connection refused") != std::string::npos; }));
  EXPECT_FALSE(source.state().connected);
  EXPECT_THAT(source.state().reason, AllOf(HasSubstr(address()), HasSubstr("start the camera"), Not(HasSubstr("\n"))));

  Frame frame;
  ASSERT_EQ(source.read(frame), ReadOutcome::frame) << "the last one before the loss";
  const auto before = frame.time();
  start(port_);
  ASSERT_TRUE(wait_until([&] { return source.state().connected; }));
  const LiveSourceState back = source.state();
  EXPECT_EQ(back.reason, "");
  EXPECT_EQ(back.reconnects, 1);
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_GT(frame.time(), before);
}

TEST_F(Rtsp, SaysThatAHungCameraIsSilentAndComesBackWithIt) {
  LiveSource source(address(), {.silence = Seconds(2)});
  server_->signal(SIGSTOP);
  ASSERT_TRUE(wait_until([&] { return !source.state().connected; }));
  EXPECT_THAT(source.state().reason, AllOf(HasSubstr(address()), HasSubstr("gave nothing for 2 s")));
  server_->signal(SIGCONT);
  EXPECT_TRUE(wait_until([&] { return source.state().reconnects > 0; }));
}

TEST_F(Rtsp, EndsWhileTheCameraHangs) {
  std::stop_source stop;
  LiveSource source(address(), {.silence = Seconds(1e6)}, stop.get_token());
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate > 0; }));
  server_->signal(SIGSTOP);
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate == 0; }));
  Frame frame;
  source.read(frame);  // the last one
  auto waiting = std::async(std::launch::async, [&] { return source.read(frame); });
  stop.request_stop();
  EXPECT_EQ(waiting.get(), ReadOutcome::stopped);
}

TEST_F(Rtsp, EndsWhileAnotherOneHangsInOpening) {
  server_->signal(SIGSTOP);
  std::stop_source stop;
  auto opening = std::async(std::launch::async, [&] {
    return message_of<Error>([&] { LiveSource source(address(), {.silence = Seconds(1e6)}, stop.get_token()); });
  });
  stop.request_stop();
  EXPECT_THAT(opening.get(), HasSubstr("stopped while opening"));
  EXPECT_THAT(message_of<Error>([&] { LiveSource source(address(), {.silence = Seconds(0.5)}); }),
              HasSubstr("gave nothing for 0.5 s"));
}

TEST_F(Rtsp, SaysWhatIsWrongWithThePath) {
  const std::string wrong = "rtsp://user:secret@127.0.0.1:" + port_ + "/garden";
  EXPECT_THAT(message_of<Error>([&] { LiveSource source(wrong); }),
              AllOf(HasSubstr("127.0.0.1:" + port_ + "/garden: cannot be opened"), HasSubstr("404"),
                    HasSubstr("path after the host"), Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace inflight
