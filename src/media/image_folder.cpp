#include "image_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "decoder.hpp"
#include "demuxer.hpp"
#include "inflight/base/error.hpp"
#include "picture_format.hpp"
#include "stream_info.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), none; !error && entry != none; entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && !entry->path().filename().string().starts_with('.'))
      files.push_back(entry->path());
  }
  if (error) throw Error(fmt::format("{}: cannot be read ({}); check its permissions", folder, error.message()));
  std::ranges::sort(files);
  return files;
}

}  // namespace

ImageFolder::ImageFolder(Address address, VideoReaderOptions options)
    : address_(std::move(address)), options_(std::move(options)), files_(files_of(address_.name)) {
  if (!address_.options.empty())
    throw UsageError(fmt::format("{}: a folder cannot be asked for a {}; leave that out", address_.name,
                                 address_.options.front().first));
  if (files_.empty())
    throw Error(fmt::format("{}: the folder is empty; put pictures into it, or give a video file", address_.name));
  info_.frames = static_cast<std::int64_t>(files_.size());
  info_.duration = static_cast<double>(files_.size());
  if (next(ahead_) == ReadOutcome::stopped)
    throw Interrupted(fmt::format("{}: stopped while opening it", address_.name));
}

ReadOutcome ImageFolder::read(Frame& frame) {
  frame.release();
  if (options_.frames > 0 && counts_.frames >= options_.frames) ended_ = true;
  if (ended_) return options_.stop.stop_requested() ? ReadOutcome::stopped : ReadOutcome::end;
  const ReadOutcome outcome = ahead_.empty() ? next(frame) : ReadOutcome::frame;
  if (!ahead_.empty()) std::swap(frame, ahead_);
  if (outcome == ReadOutcome::frame) ++counts_.frames;
  return outcome;
}

// The next picture that can be decoded and is not before the start, in `frame`.
ReadOutcome ImageFolder::next(Frame& frame) {
  while (!ended_) {
    if (options_.stop.stop_requested()) return ReadOutcome::stopped;
    if (next_ == files_.size()) {
      end_pass();
      continue;
    }
    std::string& path = files_[next_++];
    if (path.empty()) continue;
    const std::string format = picture_format(path);
    if (format.empty()) {
      ++counts_.skipped_files;
      path.clear();
      continue;
    }
    const bool wanted = static_cast<double>(pictures_) >= options_.start.count();
    const bool given = wanted && decode(path, format, frame);
    ++pictures_;
    if (!given) continue;
    ++given_in_pass_;
    return ReadOutcome::frame;
  }
  return ReadOutcome::end;
}

// Returns whether the picture can be decoded.
bool ImageFolder::decode(const std::string& path, const std::string& format, Frame& frame) {
  try {
    Patience patience(options_.stop);
    Demuxer demuxer({Address::Kind::file, path, "file:" + path, format}, patience, Probing::least);
    Decoder decoder(demuxer, std::max(options_.threads, 1), Delay::none);
    if (decoder.next(options_.stop) == Decoder::Step::picture) {
      if (is_damaged(decoder.picture())) ++counts_.damaged_frames;
      const VideoInfo picture = describe_picture(demuxer, decoder.picture());
      decoder.give(frame, picture.rotation, std::chrono::seconds(pictures_));
      if (info_.codec.empty()) {
        info_.codec = picture.codec;
        info_.pixel_format = picture.pixel_format;
        info_.width = picture.width;
        info_.height = picture.height;
      }
      return true;
    }
  } catch (const Error&) {
    // Counted below.
  }
  ++counts_.damaged_packets;
  return false;
}

void ImageFolder::end_pass() {
  if (given_in_pass_ == 0 && pictures_ == 0)
    throw Error(fmt::format("{}: none of its {} files is a picture; give a folder of pictures, or a video file",
                            address_.name, files_.size()));
  if (given_in_pass_ == 0 && static_cast<double>(pictures_) <= options_.start.count())
    throw UsageError(fmt::format("start {} s is beyond the end of {}, whose {} pictures last a second each",
                                 options_.start.count(), address_.name, pictures_));
  if (given_in_pass_ == 0)
    throw Error(fmt::format("{}: none of its {} pictures can be decoded; copy or download them again", address_.name,
                            pictures_));
  ended_ = !options_.loop;
  if (ended_) return;
  next_ = 0;
  pictures_ = given_in_pass_ = 0;
  ++counts_.loops;
}

}  // namespace inflight
