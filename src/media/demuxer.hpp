// The packets of the best video stream of an input.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "ffmpeg_handles.hpp"
#include "promised_end.hpp"

namespace inflight {

class Demuxer {
 public:
  /// Opens `input`: a file's path, or an address that FFmpeg knows. Blocks; a stop interrupts it.
  /// Throws: Error when it is missing, unreadable, not a video, or opening was stopped.
  Demuxer(const std::string& input, std::stop_token stop);
  Demuxer(const Demuxer&) = delete;  // FFmpeg holds the address of the stop token
  Demuxer& operator=(const Demuxer&) = delete;

  /// The input as messages name it, without the password of an address.
  const std::string& name() const noexcept { return name_; }
  const AVStream& stream() const noexcept { return *input_->streams[stream_index_]; }
  const AVCodec& decoder() const noexcept { return *decoder_; }
  const AVFormatContext& container() const noexcept { return *input_; }

  /// The next packet of the video stream. Returns 0 or FFmpeg's error, AVERROR_EOF at the end.
  int read(AVPacket& packet);
  /// Goes to a keyframe before `timestamp` (of the stream), not always the right one. Returns whether the input can.
  bool seek(std::int64_t timestamp);
  /// Goes to the beginning. Returns whether the input can.
  bool rewind();
  /// Why a `read` that gave `code` came too early, as one line; nothing at the right end.
  std::optional<std::string> early_end(int code, std::int64_t frames_given) const;

 private:
  void open(const std::string& input);
  void choose_stream();

  std::stop_token stop_;
  std::string name_;
  InputHandle input_;
  int stream_index_ = -1;
  const AVCodec* decoder_ = nullptr;
  std::optional<PromisedEnd> promise_;
};

}  // namespace inflight
