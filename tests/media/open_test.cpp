// What cannot be opened, and what the user is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <limits>
#include <thread>

#include "inflight/base/error.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string error_of(const std::string& input, VideoReaderOptions options = {}) {
  return message_of<Error>([&] { VideoReader reader(input, options); });
}

std::string usage_error_of(const std::string& input, VideoReaderOptions options) {
  return message_of<UsageError>([&] { VideoReader reader(input, options); });
}

TEST(OpeningVideo, NamesTheFileAndTheRemedy) {
  EXPECT_THAT(error_of("no/such.mp4"), AllOf(StartsWith("no/such.mp4: "), HasSubstr("no such file")));
  EXPECT_THAT(error_of(test_media("empty.mp4")), HasSubstr("the file is empty"));
  EXPECT_THAT(error_of(test_media("text.mp4")), HasSubstr("not a complete video file"));
  EXPECT_THAT(error_of(test_media("text.txt")), HasSubstr("not a complete video file"));
  EXPECT_THAT(error_of(test_media("no_moov.mp4")), HasSubstr("copy or download it again"));
  EXPECT_THAT(error_of(test_media("sound_only.mp4")), HasSubstr("has no video stream"));
  EXPECT_THAT(error_of(test_media("unknown_codec.avi")), AllOf(HasSubstr("no decoder"), HasSubstr("ZQZQ")));
}

TEST(OpeningVideo, SaysItInOneLineWithThePath) {
  for (const char* name : {"empty.mp4", "text.mp4", "no_moov.mp4", "sound_only.mp4", "unknown_codec.avi"})
    EXPECT_THAT(error_of(test_media(name)), AllOf(StartsWith(test_media(name) + ": "), Not(HasSubstr("\n"))));
}

TEST(OpeningVideo, TellsWhenTheFileMayNotBeRead) {
  if (geteuid() != 0) GTEST_SKIP() << "makes the file unreadable as root, and tries as nobody";
  const auto path = std::filesystem::temp_directory_path() / ("inflight-unreadable-" + std::to_string(getpid()));
  std::filesystem::copy_file(asset("carphone_pristine.mp4"), path);
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  constexpr uid_t nobody = 65534;
  ASSERT_EQ(seteuid(nobody), 0);
  const std::string message = error_of(path);
  ASSERT_EQ(seteuid(0), 0);
  std::filesystem::remove(path);
  EXPECT_THAT(message, HasSubstr("may not be read"));
}

TEST(OpeningVideo, TakesAColonInTheNameForALetter) {
  const auto path = std::filesystem::temp_directory_path() / ("clip:" + std::to_string(getpid()) + ".mp4");
  std::filesystem::copy_file(asset("carphone_pristine.mp4"), path);
  EXPECT_EQ(error_of(path), "");
  std::filesystem::remove(path);
}

TEST(OpeningVideo, SaysWhatIsWrongWithAnAddress) {
  EXPECT_THAT(error_of("tcp://127.0.0.1:1/clip"), AllOf(HasSubstr("Connection refused"), HasSubstr("start the")));
  EXPECT_THAT(error_of("nosuch:thing"), AllOf(HasSubstr("Protocol not found"), HasSubstr("before the colon")));
  EXPECT_THAT(error_of("lavfi:nosuchfilter"), AllOf(StartsWith("lavfi:nosuchfilter: "), HasSubstr("ffmpeg -filters")));
  EXPECT_THAT(error_of("lavfi:testsrc2=nosuchoption=1"), HasSubstr("names of filters and options"));
  EXPECT_THAT(error_of("x11grab::98765"), AllOf(StartsWith("x11grab::98765: "), HasSubstr("x11grab")));
}

TEST(OpeningVideo, RefusesCameraOptionsForWhatIsNoCamera) {
  EXPECT_THAT(usage_error_of(asset("bikes.mp4"), {.camera = {.width = 64, .height = 48}}),
              AllOf(HasSubstr("video_size"), HasSubstr("64x48"), HasSubstr("leave that out")));
}

TEST(OpeningVideo, KeepsThePasswordOfAnAddressToItself) {
  const std::string message = error_of("tcp://me:secret@127.0.0.1:1/clip");
  EXPECT_THAT(message, StartsWith("tcp://127.0.0.1:1/clip: cannot be opened"));
}

TEST(OpeningVideo, RefusesNumbersThatCannotBeMeant) {
  const std::string clip = asset("carphone_pristine.mp4");
  EXPECT_THAT(usage_error_of(clip, {.start = Seconds(-1)}), HasSubstr("start is -1"));
  EXPECT_THAT(usage_error_of(clip, {.start = Seconds(std::numeric_limits<double>::quiet_NaN())}), HasSubstr("start"));
  EXPECT_THAT(usage_error_of(clip, {.frames = -1}), HasSubstr("frames is -1"));
  EXPECT_THAT(usage_error_of(clip, {.threads = -1}), HasSubstr("threads is -1"));
  EXPECT_THAT(usage_error_of(clip, {.start = Seconds(5)}), HasSubstr("which lasts 4.00 s"));
}

// Listens on the loopback address, takes one client, sends `bytes`, and then nothing.
class HungServer {
 public:
  explicit HungServer(std::string bytes) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    listen(socket_, 1);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, sent = std::move(bytes)] {
      client_ = accept(socket_, nullptr, nullptr);
      if (send(client_, sent.data(), sent.size(), MSG_NOSIGNAL) >= 0) has_sent = true;
      has_sent.notify_all();
    });
  }
  ~HungServer() {
    thread_.join();
    close(client_);
    close(socket_);
  }
  std::string address() const { return "tcp://127.0.0.1:" + std::to_string(port_); }

  std::atomic<bool> has_sent = false;

 private:
  int socket_;
  int client_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

TEST(OpeningVideo, IsInterruptedByAStop) {
  HungServer server("");
  std::stop_source stop;
  const std::jthread stopper([&] {
    server.has_sent.wait(false);
    stop.request_stop();
  });
  EXPECT_THAT(error_of(server.address(), {.stop = stop.get_token()}), HasSubstr("stopped while opening"));
}

TEST(ReadingVideo, IsInterruptedByAStopWhileItWaitsForData) {
  std::string bytes;
  {
    FILE* file = std::fopen(test_media("mjpeg.avi").c_str(), "rb");
    ASSERT_NE(file, nullptr);
    bytes.resize(std::filesystem::file_size(test_media("mjpeg.avi")) / 2);
    ASSERT_EQ(std::fread(bytes.data(), 1, bytes.size(), file), bytes.size());
    std::fclose(file);
  }
  HungServer server(bytes);
  std::stop_source stop;
  VideoReader reader(server.address(), {.threads = 1, .stop = stop.get_token()});
  std::atomic<int> frames = 0;
  const std::jthread stopper([&] {
    for (int seen = 0; seen < 5; seen = frames.load()) frames.wait(seen);
    stop.request_stop();
  });
  Frame frame;
  ReadOutcome outcome = ReadOutcome::frame;
  while ((outcome = reader.read(frame)) == ReadOutcome::frame) {
    ++frames;
    frames.notify_all();
  }
  EXPECT_EQ(outcome, ReadOutcome::stopped);
  EXPECT_TRUE(frame.empty());
  EXPECT_FALSE(reader.counts().ended_early);
  EXPECT_EQ(reader.read(frame), ReadOutcome::stopped);
}

}  // namespace
}  // namespace inflight
