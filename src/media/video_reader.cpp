#include "inflight/media/video_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "address.hpp"
#include "image_folder.hpp"
#include "inflight/base/error.hpp"
#include "stream_reader.hpp"

namespace inflight {
namespace {

VideoReaderOptions checked(VideoReaderOptions options) {
  constexpr double most = 1e9;  // thirty years, and nanoseconds of it fit into 64 bits
  if (!(options.start.count() >= 0 && options.start.count() <= most))
    throw UsageError(fmt::format("start is {} s; give 0 to {:g}", options.start.count(), most));
  if (options.frames < 0) throw UsageError(fmt::format("frames is {}; give 0 (all) or more", options.frames));
  if (options.threads < 0) throw UsageError(fmt::format("threads is {}; give 0 (automatic) or more", options.threads));
  return options;
}

std::unique_ptr<ClipReader> open(const std::string& input, VideoReaderOptions options) {
  Address address = address_of(input, options.camera);
  if (address.kind == Address::Kind::folder)
    return std::make_unique<ImageFolder>(std::move(address), std::move(options));
  return std::make_unique<StreamReader>(std::move(address), std::move(options));
}

}  // namespace

VideoReader::VideoReader(const std::string& input, VideoReaderOptions options)
    : reader_(open(input, checked(std::move(options)))) {}
VideoReader::~VideoReader() = default;

ReadOutcome VideoReader::read(Frame& frame) { return reader_->read(frame); }
const VideoInfo& VideoReader::info() const noexcept { return reader_->info(); }
const ReadCounts& VideoReader::counts() const noexcept { return reader_->counts(); }

}  // namespace inflight
