#include "address.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string_view>

#include "ffmpeg_handles.hpp"
#include "inflight/base/error.hpp"
#include "inflight/media/live_source.hpp"

extern "C" {
#include <libavdevice/avdevice.h>
#include <libavutil/log.h>
}

namespace inflight {
namespace {

constexpr auto npos = std::string::npos;

std::string without_password(const std::string& input) {
  const auto scheme = input.find("://");
  if (scheme == npos) return input;
  const auto host = input.find_first_of("/?", scheme + 3);
  const auto at = input.rfind('@', host);
  return at == npos || at < scheme ? input : input.substr(0, scheme + 3) + input.substr(at + 1);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 5 && text.find_first_not_of("0123456789") == npos;
}

// By number, so that links such as /dev/v4l/by-id/... are cameras too. One that is unplugged goes by its name.
bool is_camera(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0) {
    constexpr unsigned video4linux = 81;  // Documentation/admin-guide/devices.txt of Linux
    return S_ISCHR(status.st_mode) && major(status.st_rdev) == video4linux;
  }
  constexpr std::string_view usual = "/dev/video";
  return path.starts_with(usual) && is_number(std::string_view(path).substr(usual.size()));
}

// Whether FFmpeg has a device of this name that gives pictures.
bool is_video_device(const std::string& name) {
  const AVInputFormat* format = input_format(name);
  if (!format || !format->priv_class) return false;
  const AVClassCategory category = format->priv_class->category;
  return category == AV_CLASS_CATEGORY_DEVICE_VIDEO_INPUT || category == AV_CLASS_CATEGORY_DEVICE_INPUT;
}

bool is_endless(std::string_view protocol) {
  constexpr std::array<std::string_view, 14> protocols{"rtsp",  "rtsps", "rtp",  "srtp", "udp",  "srt",  "rtmp",
                                                       "rtmps", "rtmpt", "rist", "mmsh", "mmst", "pipe", "fd"};
  return std::ranges::find(protocols, protocol) != protocols.end();
}

Address in_ffmpegs_terms(const std::string& input) {
  using enum Address::Kind;
  if (is_number(input)) return in_ffmpegs_terms("/dev/video" + input);
  if (is_camera(input)) return {camera, input, input, "video4linux2"};
  std::error_code ignored;
  if (const auto status = std::filesystem::status(input, ignored); std::filesystem::exists(status)) {
    // With the protocol, so that a colon in the name makes no other one.
    return {std::filesystem::is_directory(status) ? folder : file, input, "file:" + input};
  }
  const auto colon = input.find(':');
  if (colon == npos) return {input.find('%') == npos ? file : elsewhere, input, input};
  const std::string before = input.substr(0, colon);
  const std::string after = input.substr(colon + 1);
  if (before == "lavfi") return {graph, input, after, before};
  if (!after.starts_with("//") && is_video_device(before)) {
    if (before == "v4l2" || before == "video4linux2") return {camera, after, after, before};
    return {device, input, after, before};
  }
  Address address{is_endless(before) ? stream : elsewhere, without_password(input), input};
  // UDP loses packets, and firewalls drop it.
  if (before == "rtsp" || before == "rtsps") address.options = {{"rtsp_transport", "tcp"}};
  return address;
}

}  // namespace

bool Address::is_live() const {
  switch (kind) {
    case Kind::camera:
    case Kind::device:
    case Kind::stream:
      return true;
    case Kind::graph:
      return url.find("realtime") != npos;  // the filter; without it a graph is as quick as its reader
    case Kind::file: {
      std::error_code ignored;
      return std::filesystem::is_fifo(name, ignored);  // a pipe gives what its writer gives, when it gives it
    }
    case Kind::folder:
    case Kind::elsewhere:
      break;
  }
  return false;
}

const AVInputFormat* input_format(const std::string& name) {
  [[maybe_unused]] static const bool with_devices = [] {
    avdevice_register_all();
    return true;
  }();
  return av_find_input_format(name.c_str());
}

Address address_of(const std::string& input, const CameraOptions& camera) {
  if (camera.width < 0 || camera.height < 0 || (camera.width == 0) != (camera.height == 0))
    throw UsageError(fmt::format("a camera of {}x{} pixels; give both, or 0x0 to leave the choice to it", camera.width,
                                 camera.height));
  if (!(camera.frame_rate >= 0) || std::isinf(camera.frame_rate))
    throw UsageError(
        fmt::format("a camera of {} frames per second; give more, or 0 to leave the choice to it", camera.frame_rate));
  Address address = in_ffmpegs_terms(input);
  if (camera.width > 0) address.options.emplace_back("video_size", fmt::format("{}x{}", camera.width, camera.height));
  if (camera.frame_rate > 0) address.options.emplace_back("framerate", fmt::format("{}", camera.frame_rate));
  if (!camera.format.empty()) address.options.emplace_back("input_format", camera.format);
  return address;
}

bool is_live(const std::string& input) { return address_of(input).is_live(); }

std::string input_name(const std::string& input) { return address_of(input).name; }

}  // namespace inflight
