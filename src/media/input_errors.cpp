#include "input_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "ffmpeg_handles.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;
using Kind = Address::Kind;

// "/dev/video0, /dev/video2"
std::string cameras_there() {
  std::vector<std::string> cameras;
  std::error_code ignored;
  for (fs::directory_iterator entry("/dev", ignored), none; !ignored && entry != none; entry.increment(ignored)) {
    const std::string path = entry->path();
    if (address_of(path).kind == Kind::camera) cameras.push_back(path);
  }
  std::ranges::sort(cameras);
  return fmt::format("{}", fmt::join(cameras, ", "));
}

// What was asked of a camera, "640x480, 30, mjpeg".
std::string wishes(const Address& address) {
  std::vector<std::string> values;
  values.reserve(address.options.size());
  for (const auto& [key, value] : address.options) values.push_back(value);
  return fmt::format("{}", fmt::join(values, ", "));
}

std::string camera_remedy(const Address& address, int code) {
  if (code == AVERROR(EACCES) || code == AVERROR(EPERM)) return "put your user into the group video";
  if (code == AVERROR(EBUSY)) {
    const std::string holder = holder_of(address.url);
    return fmt::format("close {} first", holder.empty() ? "the program that uses it" : holder);
  }
  if (!address.options.empty())
    return fmt::format("ask for what it has ({} was asked; v4l2-ctl --list-formats-ext lists it)", wishes(address));
  return fmt::format("it may give no pictures, as the second one of many cameras; there is {}", cameras_there());
}

std::string network_remedy(int code) {
  switch (code) {
    case AVERROR(ECONNREFUSED):
      return "start the camera or server, or check host and port";
    case AVERROR(ETIMEDOUT):
    case AVERROR(EHOSTUNREACH):
    case AVERROR(ENETUNREACH):
      return "check the network, and that camera or server is on";
    case AVERROR(EIO):
      return "check the host's name and the network";
    case AVERROR_HTTP_UNAUTHORIZED:
    case AVERROR_HTTP_FORBIDDEN:
      return "give user and password, as in rtsp://user:password@host/path";
    case AVERROR_HTTP_NOT_FOUND:
      return "check the path after the host";
    case AVERROR_PROTOCOL_NOT_FOUND:
      return "check what stands before the colon";
    default:
      return "check the path or address";
  }
}

std::string remedy(const Address& address, int code) {
  switch (address.kind) {
    case Kind::camera:
      return camera_remedy(address, code);
    case Kind::graph:
      return "check the names of filters and options in it (ffmpeg -filters lists them)";
    case Kind::device:
      return fmt::format("check what follows {}: (ffmpeg -sources {} may list what there is)", address.format,
                         address.format);
    case Kind::file:
    case Kind::folder:
      return "check the path";
    case Kind::stream:
    case Kind::elsewhere:
      break;
  }
  return network_remedy(code);
}

bool is_pipe(const Address& address) {
  std::error_code ignored;
  return address.kind == Kind::file && fs::is_fifo(address.name, ignored);
}

std::string sender_of(const Address& address) {
  switch (address.kind) {
    case Kind::camera:
      return "camera";
    case Kind::graph:
    case Kind::device:
      return "device";
    case Kind::file:
    case Kind::folder:
      return is_pipe(address) ? "program that writes into it" : "disk";
    case Kind::stream:
    case Kind::elsewhere:
      break;
  }
  return "camera or server";
}

}  // namespace

void check_there(const Address& address) {
  std::error_code ignored;
  const auto status = fs::status(address.name, ignored);
  const bool there = fs::exists(status);
  if (address.kind == Kind::camera && !there) {
    const std::string others = cameras_there();
    throw Error(others.empty() ? fmt::format("{}: there is no camera here; connect one, or give a video file or stream",
                                             address.name)
                               : fmt::format("{}: there is no such camera; there is {}", address.name, others));
  }
  if (address.kind == Kind::folder)
    throw Error(fmt::format("{}: is a folder; give a camera, a stream or a video file", address.name));
  if (address.kind != Kind::file) return;
  if (!there) throw Error(fmt::format("{}: there is no such file; check the path", address.name));
  if (fs::is_regular_file(status) && fs::file_size(address.name, ignored) == 0)
    throw Error(fmt::format("{}: the file is empty; copy or download it again", address.name));
}

std::string open_failure(const Address& address, int code) {
  if (address.kind == Kind::file) {
    if (code == AVERROR(EACCES) || code == AVERROR(EPERM))
      return fmt::format("{}: may not be read; change its permissions", address.name);
    if (code == AVERROR_INVALIDDATA)
      return fmt::format("{}: not a complete video file ({}); copy or download it again", address.name,
                         error_text(code));
  }
  return fmt::format("{}: cannot be opened ({}); {}", address.name, error_text(code), remedy(address, code));
}

std::string loss(const Address& address, int code) {
  if (code == AVERROR_EOF)
    return fmt::format("{}: the stream ended; see whether the {} still runs", address.name, sender_of(address));
  if (address.kind == Kind::camera && (code == AVERROR(ENODEV) || code == AVERROR(EIO)))
    return fmt::format("{}: the camera is gone; connect it again", address.name);
  return fmt::format("{}: broke off ({}); see whether the {} still runs", address.name, error_text(code),
                     sender_of(address));
}

std::string silence_of(const Address& address, Seconds silence) {
  return fmt::format("{}: gave nothing for {:g} s; see whether the {} still runs", address.name, silence.count(),
                     sender_of(address));
}

}  // namespace inflight
