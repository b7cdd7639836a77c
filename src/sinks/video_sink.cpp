#include "inflight/sinks/video_sink.hpp"

#include <fmt/format.h>

#include <utility>

#include "inflight/base/error.hpp"
#include "inflight/measure/core_timer.hpp"

namespace inflight {
namespace {

constexpr double usual_rate = 25;

}  // namespace

VideoSink::VideoSink(std::string path, double frame_rate, std::vector<std::string> labels, std::string caption)
    : path_(std::move(path)),
      frame_rate_(VideoWriter::can_play(frame_rate) ? frame_rate : usual_rate),
      drawing_(std::move(labels), std::move(caption)) {}

void VideoSink::deliver(FrameResult& result) {
  if (result.frame.empty()) return;  // a frame that failed before it could be kept
  const int width = result.frame.display_width(), height = result.frame.display_height();
  if (writer_ && (drawing_.picture()->width() != width || drawing_.picture()->height() != height)) {
    throw Error(
        fmt::format("a frame of {}x{} pixels does not fit the video of {}x{}; the source changes its size, "
                    "convert it to one size",
                    width, height, drawing_.picture()->width(), drawing_.picture()->height()));
  }
  drawing_.deliver(result);
  if (!writer_ && !VideoWriter::can_write(width, height))
    throw Error(fmt::format("{}: pictures of {}x{} pixels are none for a video; leave it out, or convert the source",
                            path_, width, height));
  const TimePoint began = Clock::now();
  {
    const CoreTimer timer(result.stamps.cores.known, result.stamps.cores.encode);
    if (!writer_) writer_.emplace(path_, width, height, frame_rate_);
    writer_->write(drawing_.picture()->data(), drawing_.picture()->stride());
  }
  result.stamps.encoding += Clock::now() - began;
}

void VideoSink::finish() {
  if (!writer_) throw Error(path_ + ": there was no frame to write; check the source");
  writer_->finish();
}

}  // namespace inflight
