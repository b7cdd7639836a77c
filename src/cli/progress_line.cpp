#include "progress_line.hpp"

#include <cmath>
#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

namespace inflight::cli {
namespace {

constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(const Progress& progress, bool quiet) : progress_(progress) {
  if (quiet || ::isatty(STDERR_FILENO) != 1) return;
  thread_ = std::jthread([this](std::stop_token stop) { show(std::move(stop)); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  std::fputs(clear_line, stderr);
}

void ProgressLine::show(std::stop_token stop) {
  constexpr auto interval = std::chrono::milliseconds(200);
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const std::string line = text(progress_.snapshot());
    std::fputs((clear_line + line).c_str(), stderr);
    std::fflush(stderr);
    wake_.wait_for(lock, stop, interval, [] { return false; });
  }
}

std::string ProgressLine::text(const Progress::Snapshot& snapshot) {
  std::string line = snapshot.phase;
  if (snapshot.done == 0) return line;
  line +=
      snapshot.total > 0 ? fmt::format("  {}/{}", snapshot.done, snapshot.total) : fmt::format("  {}", snapshot.done);
  line += fmt::format("  {:.0f} frames/s", snapshot.rate());
  if (snapshot.total > snapshot.done) {
    const auto seconds = std::llround(std::ceil(snapshot.seconds_left()));
    line += fmt::format("  {}:{:02} left", seconds / 60, seconds % 60);
  }
  return line;
}

}  // namespace inflight::cli
