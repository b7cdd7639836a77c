// Pictures out of the packets of a demuxer.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "convert.hpp"
#include "demuxer.hpp"
#include "ffmpeg_handles.hpp"
#include "inflight/media/frame.hpp"

namespace inflight {

/// How far a decoder may be behind its input.
enum class Delay {
  some,  ///< a few pictures: several are decoded at once
  none,  ///< of our making: a picture comes out with its packet
};

/// Damaged packets are counted and skipped. Thread: one at a time.
class Decoder {
 public:
  enum class Step { picture, end, stopped };

  /// `threads` 0: by picture size and processors, at most 16. The demuxer must outlive it.
  /// Throws: Error when the decoder doesn't take the stream.
  Decoder(Demuxer& demuxer, int threads, Delay delay);

  /// Goes on to the next picture. Blocks: on the input.
  Step next(const std::stop_token& stop);
  /// The picture that `next` came to.
  const AVFrame& picture() const noexcept { return *picture_; }
  /// Moves it into `frame`, by reference when its format is a known one. `rotation` holds when it has none itself.
  void give(Frame& frame, int rotation, std::chrono::nanoseconds time);
  /// Forgets what it holds, after the demuxer went elsewhere.
  void flush();

  int threads() const noexcept { return decoder_->thread_count; }
  std::int64_t damaged_packets() const noexcept { return damaged_packets_; }
  /// FFmpeg's error that ended the packets.
  int end_code() const noexcept { return end_code_; }

 private:
  void feed();

  Demuxer& demuxer_;
  CodecHandle decoder_;
  PacketHandle packet_ = own<PacketHandle>(av_packet_alloc());
  FrameHandle picture_ = own<FrameHandle>(av_frame_alloc());
  Converter convert_{demuxer_.name()};
  std::int64_t damaged_packets_ = 0;
  int refused_in_a_row_ = 0;
  int end_code_ = AVERROR_EOF;
  Clock::duration demuxing_{};  // since the last picture was given
};

/// Whether the decoder had to make up parts of it.
bool is_damaged(const AVFrame& picture) noexcept;

}  // namespace inflight
