// What users name, and what FFmpeg is asked for.
#include "address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "inflight/base/error.hpp"
#include "inflight/media/live_source.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

using Kind = Address::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(Address, ANumberIsACamera) {
  for (const char* input : {"0", "/dev/video0", "v4l2:/dev/video0"}) {
    const Address address = address_of(input);
    EXPECT_EQ(address.kind, Kind::camera) << input;
    EXPECT_EQ(address.name, "/dev/video0");
    EXPECT_EQ(address.url, "/dev/video0");
    EXPECT_NE(address.format, "");
  }
  EXPECT_EQ(address_of("12").url, "/dev/video12");
  for (const char* input : {"12345", "/dev/videos", "/dev/video", "/dev/video1x"})
    EXPECT_EQ(address_of(input).kind, Kind::file) << input;
}

TEST(Address, ACameraIsAskedForWhatTheOptionsSay) {
  EXPECT_THAT(address_of("0").options, IsEmpty());
  EXPECT_THAT(address_of("0", {.width = 640, .height = 480, .frame_rate = 30, .format = "mjpeg"}).options,
              ElementsAre(Pair("video_size", "640x480"), Pair("framerate", "30"), Pair("input_format", "mjpeg")));
}

TEST(Address, OptionsThatNoCameraHasAreRefused) {
  const auto usage_error = [](const CameraOptions& camera) {
    return message_of<UsageError>([&] { address_of("0", camera); });
  };
  EXPECT_THAT(usage_error({.width = 640}), HasSubstr("640x0"));
  EXPECT_THAT(usage_error({.width = -1, .height = -1}), HasSubstr("-1x-1"));
  EXPECT_THAT(usage_error({.frame_rate = -30}), HasSubstr("-30 frames"));
}

TEST(Address, GraphsAndDevicesAreGivenToLibavdevice) {
  const Address graph = address_of("lavfi:testsrc2=size=64x48:rate=30,realtime");
  EXPECT_EQ(graph.kind, Kind::graph);
  EXPECT_EQ(graph.format, "lavfi");
  EXPECT_EQ(graph.url, "testsrc2=size=64x48:rate=30,realtime");
  const Address screen = address_of("x11grab::0.0+10,20");
  EXPECT_EQ(screen.kind, Kind::device);
  EXPECT_EQ(screen.format, "x11grab");
  EXPECT_EQ(screen.url, ":0.0+10,20");
}

TEST(Address, SoundDevicesAndUnknownNamesAreNoVideoDevices) {
  EXPECT_EQ(address_of("alsa:default").kind, Kind::elsewhere);
  EXPECT_EQ(address_of("nosuchdevice:0").kind, Kind::elsewhere);
  EXPECT_EQ(address_of("concat:a.ts|b.ts").kind, Kind::elsewhere);
  EXPECT_EQ(address_of("x11grab://host/x").kind, Kind::elsewhere) << "as any address of a network";
}

TEST(Address, RtspGoesOverTcpAndKeepsItsPasswordToItself) {
  const Address address = address_of("rtsp://me:secret@camera.local/stream");
  EXPECT_EQ(address.kind, Kind::stream);
  EXPECT_EQ(address.name, "rtsp://camera.local/stream");
  EXPECT_EQ(address.url, "rtsp://me:secret@camera.local/stream");
  for (const char* input : {"rtsp://me:secret@camera.local/stream", "rtsps://camera.local/stream"})
    EXPECT_THAT(address_of(input).options, ElementsAre(Pair("rtsp_transport", "tcp"))) << input;
  EXPECT_EQ(address_of("rtsp://me:p@ss@camera.local/a@b").name, "rtsp://camera.local/a@b");
  EXPECT_EQ(address_of("rtsp://camera.local/a@b").name, "rtsp://camera.local/a@b");
}

TEST(Address, WhatExistsIsAFileWhateverItsName) {
  const auto folder = std::filesystem::temp_directory_path() / ("inflight-lavfi:" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  EXPECT_EQ(address_of(folder).kind, Kind::folder);
  const auto file = folder / "rtsp:x";
  std::ofstream(file) << "x";
  EXPECT_EQ(address_of(file).kind, Kind::file);
  EXPECT_EQ(address_of(file).url, "file:" + file.string());
  std::filesystem::remove_all(folder);
  EXPECT_EQ(address_of("no/such.mp4").kind, Kind::file);
  EXPECT_EQ(address_of("no/such%03d.png").kind, Kind::elsewhere);
}

TEST(Address, LiveIsWhatGivesFramesAtItsOwnPace) {
  for (const char* input : {"0", "/dev/video3", "rtsp://host/x", "rtmp://host/x", "udp://239.0.0.1:5000", "x11grab::0",
                            "lavfi:testsrc2,realtime"})
    EXPECT_TRUE(is_live(input)) << input;
  for (const std::string& input :
       {std::string("lavfi:testsrc2"), std::string("http://host/x.mp4"), std::string("https://host/x.mp4"),
        asset("bikes.mp4"), std::string("no/such.mp4"), std::string(INFLIGHT_ASSETS), std::string("")})
    EXPECT_FALSE(is_live(input)) << input;
}

TEST(Address, OnlyWhatAnAddressDoesNotTellIsAskedOfTheNetwork) {
  for (const char* input : {"rtsp://127.0.0.1:1/x", "lavfi:testsrc2,realtime", "no/such.mp4", "nosuchdevice:0"})
    EXPECT_EQ(turns_out_live(input), is_live(input)) << input;
  EXPECT_THAT(message_of<Error>([] { turns_out_live("http://me:secret@127.0.0.1:1/x"); }),
              testing::AllOf(HasSubstr("http://127.0.0.1:1/x"), HasSubstr("refused")));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(message_of<Error>([&] { turns_out_live("http://127.0.0.1:1/x", stop.get_token()); }),
              HasSubstr("stopped"));
}

TEST(Address, AnInputsNameKeepsThePasswordToItself) {
  EXPECT_EQ(input_name("http://me:secret@host/video?size=1"), "http://host/video?size=1");
  EXPECT_EQ(input_name("no/such.mp4"), "no/such.mp4");
  EXPECT_EQ(input_name("0"), "/dev/video0");
}

TEST(Address, APipeIsLiveAndAFileIsNot) {
  EXPECT_TRUE(is_live("pipe:0")) << "what was read of it is gone";
  const auto path = std::filesystem::temp_directory_path() / ("inflight-address-" + std::to_string(getpid()));
  mkfifo(path.c_str(), 0600);
  EXPECT_TRUE(is_live(path));
  std::filesystem::remove(path);
  std::ofstream(path) << "x";
  EXPECT_FALSE(is_live(path));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace inflight
