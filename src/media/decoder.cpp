#include "decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <thread>
#include <utility>

#include "frame_access.hpp"
#include "inflight/base/error.hpp"
#include "pixel_format.hpp"
#include "stream_info.hpp"

namespace inflight {
namespace {

// A demuxer that refuses so many packets in a row won't find its way again.
constexpr int hopeless = 64;

// Threads cost a tenth of the decoding by hand-overs and cold caches, and are worth it where one thread would be the
// narrow place: the more, the larger the picture and the more processors wait for it.
int usual_threads(int width, int height) {
  constexpr double one_threads_share = 1024 * 640;  // pixels, for each processor
  constexpr int most = 16;                          // FFmpeg advises against more
  const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const bool unknown = width == 0;  // a stream that was not probed
  const double wanted = unknown ? processors : processors * (static_cast<double>(width) * height / one_threads_share);
  return static_cast<int>(std::clamp(std::round(wanted), 1.0, static_cast<double>(std::min(processors, most))));
}

CodecHandle open_decoder(const Demuxer& demuxer, int threads, Delay delay) {
  const AVStream& stream = demuxer.stream();
  auto decoder = own<CodecHandle>(avcodec_alloc_context3(&demuxer.decoder()));
  int code = avcodec_parameters_to_context(decoder.get(), stream.codecpar);
  decoder->pkt_timebase = stream.time_base;
  decoder->flags |= AV_CODEC_FLAG_UNALIGNED;  // crops to the column, not to what suits SIMD
  // Each further frame thread is a picture of delay.
  decoder->thread_type = delay == Delay::none ? FF_THREAD_SLICE : FF_THREAD_FRAME | FF_THREAD_SLICE;
  decoder->thread_count = threads > 0 ? threads : usual_threads(stream.codecpar->width, stream.codecpar->height);
  if (code >= 0) code = avcodec_open2(decoder.get(), &demuxer.decoder(), nullptr);
  if (code < 0)
    throw Error(fmt::format("{}: the decoder {} refused it ({}); convert it to H.264", demuxer.name(),
                            demuxer.decoder().name, error_text(code)));
  return decoder;
}

}  // namespace

Decoder::Decoder(Demuxer& demuxer, int threads, Delay delay)
    : demuxer_(demuxer), decoder_(open_decoder(demuxer, threads, delay)) {}

Decoder::Step Decoder::next(const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) return Step::stopped;
    const int code = avcodec_receive_frame(decoder_.get(), picture_.get());
    if (code == AVERROR_EOF) return Step::end;
    if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (code == AVERROR(EAGAIN)) {
      feed();
    } else if (code < 0) {
      ++damaged_packets_;
    } else {
      return Step::picture;
    }
  }
}

// Gives the decoder its next packet, or at the end tells it to bring out what it holds.
void Decoder::feed() {
  const TimePoint began = Clock::now();
  const int code = demuxer_.read(*packet_);
  demuxing_ += Clock::now() - began;
  if (code == AVERROR_INVALIDDATA && ++refused_in_a_row_ < hopeless) {
    ++damaged_packets_;
  } else if (code < 0) {
    end_code_ = code;
    avcodec_send_packet(decoder_.get(), nullptr);
  } else {
    refused_in_a_row_ = 0;
    const int sent = avcodec_send_packet(decoder_.get(), packet_.get());
    if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (sent < 0) ++damaged_packets_;
  }
}

void Decoder::give(Frame& frame, int rotation, std::chrono::nanoseconds time) {
  const int turn = rotation_of(*picture_, rotation);
  AVFrame& out = FrameAccess::emptied(frame);
  if (known_format(static_cast<AVPixelFormat>(picture_->format))) {
    av_frame_move_ref(&out, picture_.get());
  } else {
    convert_(*picture_, out);
    av_frame_unref(picture_.get());
  }
  FrameAccess::describe(frame, turn, time);
  FrameAccess::set_demuxing(frame, std::exchange(demuxing_, Clock::duration{}));
}

void Decoder::flush() {
  avcodec_flush_buffers(decoder_.get());
  refused_in_a_row_ = 0;
  end_code_ = AVERROR_EOF;
}

bool is_damaged(const AVFrame& picture) noexcept {
  return picture.decode_error_flags != 0 || (picture.flags & AV_FRAME_FLAG_CORRUPT);
}

}  // namespace inflight
