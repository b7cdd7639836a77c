// What the program says about FFmpeg, and how loud FFmpeg may be.
#pragma once

#include <string>

namespace inflight {

/// The version of the FFmpeg libraries in use, as "5.1.6 (libavcodec 59.37.100)".
std::string ffmpeg_version();

/// Keeps FFmpeg's own messages off the terminal (its log level is one per process). Programs call it once at start.
void silence_ffmpeg();

}  // namespace inflight
