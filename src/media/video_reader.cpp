#include "inflight/media/video_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <thread>
#include <utility>

#include "convert.hpp"
#include "demuxer.hpp"
#include "ffmpeg_handles.hpp"
#include "frame_access.hpp"
#include "inflight/base/error.hpp"
#include "pixel_format.hpp"
#include "stream_info.hpp"

namespace inflight {
namespace {

// A demuxer that refuses so many packets in a row won't find its way again.
constexpr int hopeless = 64;

VideoReaderOptions checked(VideoReaderOptions options) {
  if (!(options.start.count() >= 0) || std::isinf(options.start.count()))
    throw UsageError(fmt::format("start is {} s; give 0 or more", options.start.count()));
  if (options.frames < 0) throw UsageError(fmt::format("frames is {}; give 0 (all) or more", options.frames));
  if (options.threads < 0) throw UsageError(fmt::format("threads is {}; give 0 (automatic) or more", options.threads));
  return options;
}

// Threads cost a tenth of the decoding by hand-overs and cold caches, and are worth it where one thread would be the
// narrow place: the more, the larger the picture and the more processors wait for it.
int usual_threads(int width, int height) {
  constexpr double one_threads_share = 1024 * 640;  // pixels, for each processor
  const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  constexpr int most = 16;  // FFmpeg advises against more
  const double wanted = processors * (static_cast<double>(width) * height / one_threads_share);
  return static_cast<int>(std::clamp(std::round(wanted), 1.0, static_cast<double>(std::min(processors, most))));
}

CodecHandle open_decoder(const Demuxer& demuxer, int threads) {
  const AVStream& stream = demuxer.stream();
  auto decoder = own<CodecHandle>(avcodec_alloc_context3(&demuxer.decoder()));
  int code = avcodec_parameters_to_context(decoder.get(), stream.codecpar);
  decoder->pkt_timebase = stream.time_base;
  decoder->flags |= AV_CODEC_FLAG_UNALIGNED;  // crops to the column, not to what suits SIMD
  decoder->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  decoder->thread_count = threads > 0 ? threads : usual_threads(stream.codecpar->width, stream.codecpar->height);
  if (code >= 0) code = avcodec_open2(decoder.get(), &demuxer.decoder(), nullptr);
  if (code < 0)
    throw Error(fmt::format("{}: the decoder {} refused it ({}); convert it to H.264", demuxer.name(),
                            demuxer.decoder().name, error_text(code)));
  return decoder;
}

}  // namespace

class VideoReader::Impl {
 public:
  Impl(const std::string& input, VideoReaderOptions options);

  ReadOutcome read(Frame& frame);
  const VideoInfo& info() const noexcept { return info_; }
  const ReadCounts& counts() const noexcept { return counts_; }

 private:
  enum class Step { picture, end, stopped };

  Step decode();
  void feed();
  bool is_wanted();
  bool go_to_start();
  bool go_further_back();
  void end_pass();
  void give(Frame& frame);

  VideoReaderOptions options_;
  Demuxer demuxer_;
  VideoInfo info_;
  CodecHandle decoder_;
  PacketHandle packet_ = own<PacketHandle>(av_packet_alloc());
  FrameHandle picture_ = own<FrameHandle>(av_frame_alloc());
  Converter convert_{demuxer_.name()};
  ReadCounts counts_;

  std::chrono::nanoseconds start_;      // of the frames to give
  std::chrono::nanoseconds interval_;   // between two frames
  std::chrono::nanoseconds time_;       // of `picture_`
  std::chrono::nanoseconds margin_{0};  // by which the last seek went before `start_`
  bool first_of_seek_ = false;
  std::int64_t decoded_in_pass_ = 0;
  std::int64_t given_in_pass_ = 0;
  int refused_in_a_row_ = 0;
  int end_code_ = AVERROR_EOF;
  bool ended_ = false;
};

VideoReader::Impl::Impl(const std::string& input, VideoReaderOptions options)
    : options_(checked(std::move(options))),
      demuxer_(input, options_.stop),
      info_(describe_stream(demuxer_)),
      decoder_(open_decoder(demuxer_, options_.threads)),
      start_(std::chrono::duration_cast<std::chrono::nanoseconds>(options_.start)),
      interval_(static_cast<std::int64_t>(1e9 / (info_.frame_rate > 0 ? info_.frame_rate : 25))),
      time_(-interval_) {
  if (info_.duration > 0 && options_.start.count() >= info_.duration)
    throw UsageError(fmt::format("start {} s is beyond the end of {}, which lasts {:.2f} s", options_.start.count(),
                                 demuxer_.name(), info_.duration));
  if (start_.count() > 0) go_to_start();  // an input that cannot seek is decoded up to there
}

ReadOutcome VideoReader::Impl::read(Frame& frame) {
  frame.release();
  while (!ended_) {
    if (options_.frames > 0 && counts_.frames >= options_.frames) break;
    switch (decode()) {
      case Step::stopped:
        return ReadOutcome::stopped;
      case Step::end:
        end_pass();
        break;
      case Step::picture:
        if (!is_wanted()) break;
        give(frame);
        return ReadOutcome::frame;
    }
  }
  return options_.stop.stop_requested() ? ReadOutcome::stopped : ReadOutcome::end;
}

// The next picture of the decoder, in `picture_`.
VideoReader::Impl::Step VideoReader::Impl::decode() {
  for (;;) {
    if (options_.stop.stop_requested()) return Step::stopped;
    const int code = avcodec_receive_frame(decoder_.get(), picture_.get());
    if (code == AVERROR_EOF) return Step::end;
    if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (code == AVERROR(EAGAIN)) {
      feed();
    } else if (code < 0) {
      ++counts_.damaged_packets;
    } else {
      ++decoded_in_pass_;
      const std::int64_t stamp = picture_->best_effort_timestamp;
      time_ = stamp == AV_NOPTS_VALUE ? time_ + interval_ : stream_time(demuxer_, stamp);
      return Step::picture;
    }
  }
}

// Gives the decoder its next packet, or at the end tells it to bring out what it holds.
void VideoReader::Impl::feed() {
  const int code = demuxer_.read(*packet_);
  if (code == AVERROR_INVALIDDATA && ++refused_in_a_row_ < hopeless) {
    ++counts_.damaged_packets;
  } else if (code < 0) {
    end_code_ = code;
    avcodec_send_packet(decoder_.get(), nullptr);
  } else {
    refused_in_a_row_ = 0;
    const int sent = avcodec_send_packet(decoder_.get(), packet_.get());
    if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (sent < 0) ++counts_.damaged_packets;
  }
}

// Whether `picture_` is not before the start.
bool VideoReader::Impl::is_wanted() {
  const bool first = std::exchange(first_of_seek_, false);
  if (first && time_ > start_ + interval_ * 3 / 2 && go_further_back()) return false;
  return start_.count() == 0 || time_ >= start_;  // leading pictures may be before time 0
}

// The indexes of some containers lead behind the keyframe that is needed: then again, from before.
bool VideoReader::Impl::go_further_back() {
  margin_ = margin_.count() == 0 ? std::chrono::seconds(2) : margin_ * 8;
  return go_to_start();
}

// Goes to a keyframe before `start_ - margin_`, or to the beginning. Returns whether the input can do that.
bool VideoReader::Impl::go_to_start() {
  const bool sought = margin_ < start_ && demuxer_.seek(stream_timestamp(demuxer_, start_ - margin_));
  if (!sought && !demuxer_.rewind()) return false;
  avcodec_flush_buffers(decoder_.get());
  decoded_in_pass_ = given_in_pass_ = 0;
  first_of_seek_ = sought;
  time_ = -interval_;
  refused_in_a_row_ = 0;
  end_code_ = AVERROR_EOF;
  return true;
}

void VideoReader::Impl::end_pass() {
  if (first_of_seek_ && go_further_back()) return;
  if (const auto reason = demuxer_.early_end(end_code_, given_in_pass_); reason && !counts_.ended_early) {
    counts_.ended_early = true;
    counts_.early_reason = *reason;
  }
  if (given_in_pass_ == 0 && decoded_in_pass_ > 0 && !counts_.ended_early)
    throw UsageError(fmt::format("start {} s is beyond the end of {}, whose last frame is at {:.2f} s",
                                 options_.start.count(), demuxer_.name(), Seconds(time_).count()));
  if (!options_.loop) {
    ended_ = true;
    return;
  }
  if (given_in_pass_ == 0)
    throw Error(fmt::format("{}: no frame of it can be decoded; copy or download it again", demuxer_.name()));
  if (!go_to_start())
    throw Error(fmt::format("{}: cannot be played again, it has no way back; copy it to a file", demuxer_.name()));
  ++counts_.loops;
}

// Moves `picture_` into `frame`, by reference when its format is a known one.
void VideoReader::Impl::give(Frame& frame) {
  const int turn = rotation_of(*picture_, info_.rotation);
  AVFrame& out = FrameAccess::emptied(frame);
  if (known_format(static_cast<AVPixelFormat>(picture_->format))) {
    av_frame_move_ref(&out, picture_.get());
  } else {
    convert_(*picture_, out);
    av_frame_unref(picture_.get());
  }
  FrameAccess::describe(frame, turn, time_);
  if (out.decode_error_flags != 0 || (out.flags & AV_FRAME_FLAG_CORRUPT)) ++counts_.damaged_frames;
  ++given_in_pass_;
  ++counts_.frames;
}

VideoReader::VideoReader(const std::string& input, VideoReaderOptions options)
    : impl_(std::make_unique<Impl>(input, std::move(options))) {}
VideoReader::~VideoReader() = default;

ReadOutcome VideoReader::read(Frame& frame) { return impl_->read(frame); }
const VideoInfo& VideoReader::info() const noexcept { return impl_->info(); }
const ReadCounts& VideoReader::counts() const noexcept { return impl_->counts(); }

}  // namespace inflight
