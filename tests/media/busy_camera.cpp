// Loaded before a program: the camera at INFLIGHT_BUSY_CAMERA is in use.
#include <cstdlib>
#include <string>

#include "scripted_camera.hpp"

namespace {

struct BusyCamera {
  BusyCamera() { camera.busy = true; }

  const char* path = std::getenv("INFLIGHT_BUSY_CAMERA");
  inflight::ScriptedCamera camera{path == nullptr ? std::string() : path};
} busy_camera;

}  // namespace
