// How a camera is asked to deliver.
#pragma once

#include <string>

namespace inflight {

/// What is asked of a camera or another capture device; zero and empty leave the choice to it.
struct CameraOptions {
  int width = 0;  ///< pixels
  int height = 0;
  double frame_rate = 0;  ///< frames per second
  std::string format{};   ///< FFmpeg's name of a codec or pixel format: "mjpeg", "yuyv422"
};

}  // namespace inflight
