// What a user names as input, in FFmpeg's terms.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inflight/media/camera.hpp"

struct AVInputFormat;

namespace inflight {

/// The place of an input, and how FFmpeg is to be asked for it. Only `address_of` looks at the file system.
struct Address {
  enum class Kind {
    file,       ///< a path; also of a pipe, or of nothing at all
    folder,     ///< of pictures
    camera,     ///< Video4Linux
    graph,      ///< libavfilter's, made by libavdevice's lavfi
    device,     ///< any other of libavdevice's
    stream,     ///< over a network, without an end
    elsewhere,  ///< http(s), and whatever else FFmpeg gives a meaning
  };

  Kind kind = Kind::file;
  std::string name;      ///< as messages name it: without the password
  std::string url;       ///< for FFmpeg
  std::string format{};  ///< FFmpeg's name of the device; empty: FFmpeg looks at the data
  std::vector<std::pair<std::string, std::string>> options{};

  /// Whether it gives frames at its own pace, whether they are read or not.
  bool is_live() const;
};

/// In this order: "0" is /dev/video0; what exists is a file, a folder or a camera, whatever its name; "lavfi:GRAPH" and
/// "FORMAT:URL" with a video device of libavdevice; "rtsp://..." and its like; anything else as FFmpeg takes it.
/// Throws: UsageError for options that no camera can have.
Address address_of(const std::string& input, const CameraOptions& camera = {});

/// FFmpeg's reader of this name, devices too; null when it has none.
const AVInputFormat* input_format(const std::string& name);

}  // namespace inflight
