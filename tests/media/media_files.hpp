// The files that the media tests read, and reading them to the end.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "inflight/media/video_reader.hpp"

namespace inflight {

inline std::string asset(const std::string& name) { return INFLIGHT_ASSETS "/" + name; }
inline std::string test_media(const std::string& name) { return INFLIGHT_TEST_MEDIA "/" + name; }

/// The times of all frames that are left.
inline std::vector<std::chrono::nanoseconds> times_of(VideoReader& reader) {
  std::vector<std::chrono::nanoseconds> times;
  for (Frame frame; reader.read(frame) == ReadOutcome::frame;) times.push_back(frame.time());
  return times;
}

inline Frame first_frame(const std::string& path) {
  Frame frame;
  VideoReader(path).read(frame);
  return frame;
}

/// What opening or reading throws, as its message; empty when nothing.
template <typename Exception, typename Action>
std::string message_of(Action&& action) {
  try {
    std::forward<Action>(action)();
  } catch (const Exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace inflight
