// Frames from sources with a pace of their own: a camera of FFmpeg's making, and pipes that ffmpeg writes into.
#include "inflight/media/live_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <optional>

#include "child_process.hpp"
#include "inflight/base/error.hpp"
#include "media_files.hpp"
#include "wait_until.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// 30 pictures a second, as quick as a camera.
constexpr const char* camera = "lavfi:testsrc2=size=640x480:rate=30,realtime";

TEST(LiveSource, GivesTheNewestFrameAndCountsThoseThatNobodyRead) {
  LiveSource source(camera);
  Frame frame;
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  const auto first = frame.time();
  const std::int64_t before = source.state().frames;
  ASSERT_TRUE(wait_until([&] { return source.state().frames >= before + 10; }));
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_GE(frame.time() - first, std::chrono::milliseconds(300)) << "the one after the first, although ten came since";
  EXPECT_GE(source.state().dropped, 9);
}

TEST(LiveSource, GivesEveryFrameAtMostOnceAndAccountsForAll) {
  LiveSource source(camera);
  Frame frame;
  std::int64_t read = 0;
  for (auto last = std::chrono::nanoseconds(-1); read < 15; ++read) {
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    EXPECT_GT(frame.time(), last);
    last = frame.time();
    EXPECT_EQ(frame.width(), 640);
    EXPECT_EQ(frame.plane_count(), 3);
    EXPECT_LE(frame.captured(), Clock::now());
  }
  const LiveSourceState state = source.state();
  EXPECT_TRUE(state.connected);
  EXPECT_EQ(state.reason, "");
  EXPECT_EQ(state.reconnects, 0);
  EXPECT_GE(state.frames, read + state.dropped);
  EXPECT_LE(state.frames, read + state.dropped + 1) << "one may wait to be read";
}

TEST(LiveSource, TellsWhatTheCameraIs) {
  LiveSource source(camera);
  EXPECT_EQ(source.info().width, 640);
  EXPECT_EQ(source.info().height, 480);
  EXPECT_EQ(source.info().frame_rate, 30);
  EXPECT_EQ(source.info().codec, "rawvideo");
  EXPECT_TRUE(source.state().connected);
  EXPECT_TRUE(wait_until([&] { return source.state().frame_rate > 0; }));
}

TEST(LiveSource, ConvertsWhatNobodyDownstreamReads) {
  LiveSource source("lavfi:testsrc2=size=64x48:rate=30,format=rgb24,realtime");
  Frame frame;
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_EQ(frame.format().layout, PixelLayout::bgra);
  EXPECT_EQ(source.info().pixel_format, "rgb24");
}

TEST(LiveSource, AWaitingReaderEndsOnItsStopAndOnThatOfTheSource) {
  std::stop_source whole;
  // The second picture comes after 1000 seconds.
  LiveSource source("lavfi:testsrc2=size=64x48:rate=30,setpts='if(N,30000,0)',realtime=limit=10000",
                    {.silence = Seconds(1e6)}, whole.get_token());
  Frame frame;
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  std::stop_source reader;
  auto first = std::async(std::launch::async, [&] { return source.read(frame, reader.get_token()); });
  reader.request_stop();
  EXPECT_EQ(first.get(), ReadOutcome::stopped);
  EXPECT_TRUE(frame.empty());
  auto second = std::async(std::launch::async, [&] { return source.read(frame); });
  whole.request_stop();
  EXPECT_EQ(second.get(), ReadOutcome::stopped);
  EXPECT_EQ(source.read(frame), ReadOutcome::stopped);
}  // Nothing wakes the camera: that the destructor ends is part of the test.

TEST(LiveSource, ComesBackAfterItsEnd) {
  LiveSource source("lavfi:testsrc2=size=64x48:rate=30:duration=0.2,realtime");
  Frame frame;
  auto last = std::chrono::nanoseconds(-1);
  while (source.state().reconnects < 2) {
    ASSERT_EQ(source.read(frame), ReadOutcome::frame);
    EXPECT_GT(frame.time(), last) << "times go on where the stream begins again at 0";
    last = frame.time();
  }
}

// A pipe in the file system, and what writes into it.
class LivePipe : public testing::Test {
 protected:
  LivePipe() : path_(std::filesystem::temp_directory_path() / ("inflight-pipe-" + std::to_string(getpid()))) {
    std::filesystem::remove(path_);
    mkfifo(path_.c_str(), 0600);
  }
  ~LivePipe() override { std::filesystem::remove(path_); }

  // Test pictures for `seconds`, then the end.
  void write(const char* seconds) {
    writer_.emplace(std::vector<std::string>{
        "ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-re", "-f", "lavfi", "-i",
        std::string("testsrc2=size=64x48:rate=30:duration=") + seconds, "-c:v", "mpeg2video", "-f", "mpegts", path_});
  }

  std::filesystem::path path_;
  std::optional<ChildProcess> writer_;
};

TEST_F(LivePipe, SaysWhyItEndedAndComesBack) {
  write("1");
  LiveSource source(path_);
  EXPECT_TRUE(source.state().connected);
  ASSERT_TRUE(wait_until([&] { return !source.state().connected; }));
  const LiveSourceState lost = source.state();
  EXPECT_THAT(lost.reason, AllOf(HasSubstr(path_.string() + ": the stream ended"), HasSubstr("writes into it"),
                                 Not(HasSubstr("\n"))));
  EXPECT_EQ(lost.frame_rate, 0);
  EXPECT_EQ(lost.reconnects, 0);
  EXPECT_GT(lost.frames, 0);

  Frame frame;
  ASSERT_EQ(source.read(frame), ReadOutcome::frame) << "the last one before the loss";
  const auto before = frame.time();
  write("60");
  ASSERT_EQ(source.read(frame), ReadOutcome::frame);
  EXPECT_GT(frame.time(), before);
  const LiveSourceState back = source.state();
  EXPECT_TRUE(back.connected);
  EXPECT_EQ(back.reason, "");
  EXPECT_EQ(back.reconnects, 1);
}

TEST_F(LivePipe, SaysWhenItFallsSilentAlthoughNothingInterruptsTheRead) {
  write("60");
  LiveSource source(path_, {.silence = Seconds(2)});
  writer_->signal(SIGSTOP);
  ASSERT_TRUE(wait_until([&] { return !source.state().connected; }));
  EXPECT_THAT(source.state().reason, HasSubstr("gave nothing for 2 s"));
  write("60");
  EXPECT_TRUE(wait_until([&] { return source.state().reconnects == 1; }));
}

TEST_F(LivePipe, EndsWhileItHangsInOpening) {
  EXPECT_THAT(message_of<Error>([&] { LiveSource source(path_, {.silence = Seconds(0.2)}); }),
              AllOf(HasSubstr("gave nothing for 0.2 s"), HasSubstr("writes into it")));
  std::stop_source stop;
  auto opening = std::async(std::launch::async, [&] {
    return message_of<Error>([&] { LiveSource source(path_, {.silence = Seconds(1e6)}, stop.get_token()); });
  });
  stop.request_stop();
  EXPECT_THAT(opening.get(), HasSubstr("stopped while opening"));
}

TEST_F(LivePipe, EndsWhileItHangsInReading) {
  write("60");
  LiveSource source(path_, {.silence = Seconds(1e6)});
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate > 0; }));
  writer_->signal(SIGSTOP);
  ASSERT_TRUE(wait_until([&] { return source.state().frame_rate == 0; }));
}

TEST(LiveSource, RefusesNumbersThatCannotBeMeant) {
  const auto usage_error = [](LiveSourceOptions options) {
    return message_of<UsageError>([&] { LiveSource source(camera, std::move(options)); });
  };
  EXPECT_THAT(usage_error({.silence = Seconds(0)}), HasSubstr("silence is 0 s"));
  EXPECT_THAT(usage_error({.threads = -1}), HasSubstr("threads is -1"));
  EXPECT_THAT(usage_error({.camera = {.width = 640}}), HasSubstr("640x0"));
  EXPECT_THAT(usage_error({.camera = {.frame_rate = -1}}), HasSubstr("-1 frames per second"));
  EXPECT_THAT(usage_error({.camera = {.format = "mjpeg"}}), AllOf(HasSubstr("input_format"), HasSubstr("mjpeg")));
}

}  // namespace
}  // namespace inflight
