// The demonstration as a video file: what a window would show.
#pragma once

#include <memory>
#include <string>

#include "inflight/sinks/live_view.hpp"

namespace inflight {

/// Writes picture and dashboard as H.264 MP4, one picture for each `show`, which is to be called `frame_rate` times a
/// second. The file appears with `finish`. Throws: Error as VideoWriter.
std::unique_ptr<LiveView> make_video_view(const std::string& path, int width, int height, double frame_rate);

}  // namespace inflight
