// The packets of the best video stream of an input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "address.hpp"
#include "ffmpeg_handles.hpp"
#include "patience.hpp"
#include "promised_end.hpp"

namespace inflight {

/// How much of a stream is read ahead to learn about it.
enum class Probing {
  full,   ///< until all is known: size, pixel format, frame rate
  least,  ///< until the codec is known, for the first picture to come soon
};

class Demuxer {
 public:
  /// Opens it. Blocks: as long as `patience` lasts, which must outlive the demuxer.
  /// Throws: Error when it is missing, unreadable, not a video, or opening was stopped.
  Demuxer(Address address, Patience& patience, Probing probing = Probing::full);

  const Address& address() const noexcept { return address_; }
  /// The input as messages name it, without the password of an address.
  const std::string& name() const noexcept { return address_.name; }
  const AVStream& stream() const noexcept { return *input_->streams[stream_index_]; }
  const AVCodec& decoder() const noexcept { return *decoder_; }
  const AVFormatContext& container() const noexcept { return *input_; }

  /// Whether it goes on for ever, as far as can be known: it has neither a length nor a way back.
  bool is_endless() const noexcept;
  /// Whether its packets come in bundles of some seconds: a playlist of small files.
  bool is_playlist() const noexcept;

  /// The next packet of the video stream. Returns 0 or FFmpeg's error: AVERROR_EOF at the end, AVERROR(ETIMEDOUT) when
  /// the patience is at its end.
  int read(AVPacket& packet);
  /// Goes to a keyframe before `timestamp` (of the stream), not always the right one. Returns whether the input can.
  bool seek(std::int64_t timestamp);
  /// Goes to the beginning; what cannot, but can be opened anew, is. Blocks: as opening. Returns whether the input can.
  bool rewind();
  /// Why a `read` that gave `code` came too early, as one line; nothing at the right end.
  std::optional<std::string> early_end(int code, std::int64_t frames_given) const;
  /// Why a `read` gave `code`, for an input that should have no end.
  std::string lost(int code) const;

 private:
  void open();
  int connect(InputHandle& input, AVDictionary** wishes) const;
  void pass_over_others();
  bool is_one_way() const noexcept;
  bool reopen();
  void check_wishes(const AVDictionary* unknown) const;
  void choose_stream();

  Address address_;
  Patience& patience_;
  Probing probing_;
  InputHandle input_;
  int stream_index_ = -1;
  const AVCodec* decoder_ = nullptr;
  std::optional<PromisedEnd> promise_;
  bool gave_packets_ = false;
};

}  // namespace inflight
