#include "inflight/media/video_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "ffmpeg_handles.hpp"
#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"

extern "C" {
#include <libavutil/opt.h>
}

namespace inflight {
namespace {

constexpr int largest = 16384;  // pixels

const AVCodec& h264_encoder(const std::string& path) {
  const AVCodec* encoder = avcodec_find_encoder_by_name("libx264");
  if (!encoder) encoder = avcodec_find_encoder(AV_CODEC_ID_H264);
  if (!encoder)
    throw Error(
        fmt::format("{}: this FFmpeg has no H.264 encoder; install one with libx264 (Debian: libavcodec-extra)", path));
  return *encoder;
}

CodecHandle make_encoder(const AVCodec& codec, int width, int height, AVRational rate) {
  auto encoder = own<CodecHandle>(avcodec_alloc_context3(&codec));
  encoder->width = width;
  encoder->height = height;
  encoder->time_base = av_inv_q(rate);
  encoder->framerate = rate;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->color_range = AVCOL_RANGE_MPEG;
  encoder->colorspace = AVCOL_SPC_BT709;
  encoder->color_primaries = AVCOL_PRI_BT709;
  encoder->color_trc = AVCOL_TRC_BT709;
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;  // MP4 keeps the parameter sets in its own header
  if (std::string_view(codec.name) == "libx264") {
    av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
    av_opt_set(encoder->priv_data, "crf", "23", 0);
  } else {
    constexpr double bits_per_pixel = 0.15;  // about what the above comes to
    encoder->bit_rate = std::llround(bits_per_pixel * width * height * av_q2d(rate));
  }
  return encoder;
}

}  // namespace

class VideoWriter::Impl {
 public:
  Impl(const std::string& path, int width, int height, double frame_rate);
  void write(const std::uint8_t* bgra, std::ptrdiff_t stride);
  void finish();

 private:
  void open_encoder(int width, int height, double frame_rate);
  void open_output();
  void encode(const AVFrame* picture);
  void check(int code) const;

  PartFile file_;  // first, so that it goes last: the output closes the file before that
  OutputHandle output_;
  CodecHandle encoder_;
  ScalerHandle scaler_;
  FrameHandle picture_ = own<FrameHandle>(av_frame_alloc());
  PacketHandle packet_ = own<PacketHandle>(av_packet_alloc());
  std::int64_t written_ = 0;
  bool finished_ = false;
};

VideoWriter::Impl::Impl(const std::string& path, int width, int height, double frame_rate)
    : file_(path, PartFile::Target::regular_file) {
  if (!can_write(width, height))
    throw UsageError(fmt::format("{}: a video of {}x{} pixels; give 2 to {} each", path, width, height, largest));
  if (!can_play(frame_rate))
    throw UsageError(
        fmt::format("{}: a video of {} frames per second; give more than 0, at most 1000", path, frame_rate));
  open_encoder(width & ~1, height & ~1, frame_rate);
  open_output();
}

void VideoWriter::Impl::open_encoder(int width, int height, double frame_rate) {
  const AVCodec& codec = h264_encoder(file_.path().string());
  constexpr int finest = 100'000;  // enough for 30000/1001
  encoder_ = make_encoder(codec, width, height, av_d2q(frame_rate, finest));
  if (const int code = avcodec_open2(encoder_.get(), &codec, nullptr); code < 0)
    throw Error(fmt::format("{}: the H.264 encoder {} cannot be used ({}); install an FFmpeg with libx264",
                            file_.path().string(), codec.name, error_text(code)));

  picture_->format = encoder_->pix_fmt;
  picture_->width = width;
  picture_->height = height;
  picture_->color_range = encoder_->color_range;
  picture_->colorspace = encoder_->colorspace;
  if (av_frame_get_buffer(picture_.get(), 0) < 0) throw std::bad_alloc();

  // BGR0: the fourth byte is not looked at.
  scaler_ = own<ScalerHandle>(sws_getContext(width, height, AV_PIX_FMT_BGR0, width, height, encoder_->pix_fmt,
                                             SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
  sws_setColorspaceDetails(scaler_.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
}

void VideoWriter::Impl::open_output() {
  const std::string address = "file:" + file_.part().string();
  AVFormatContext* output = nullptr;
  check(avformat_alloc_output_context2(&output, nullptr, "mp4", address.c_str()));
  output_.reset(output);
  AVStream* stream = avformat_new_stream(output, nullptr);
  if (!stream) throw std::bad_alloc();
  stream->time_base = encoder_->time_base;
  stream->avg_frame_rate = encoder_->framerate;
  check(avcodec_parameters_from_context(stream->codecpar, encoder_.get()));
  check(avio_open(&output->pb, address.c_str(), AVIO_FLAG_WRITE));
  av_opt_set(output->priv_data, "movflags", "+faststart", 0);
  check(avformat_write_header(output, nullptr));
}

void VideoWriter::Impl::write(const std::uint8_t* bgra, std::ptrdiff_t stride) {
  if (!output_) throw Error(fmt::format("{}: is finished; nothing can be added", file_.path().string()));
  check(av_frame_make_writable(picture_.get()));  // the encoder may hold the last one
  const int stride_bytes = static_cast<int>(stride);
  sws_scale(scaler_.get(), &bgra, &stride_bytes, 0, picture_->height, picture_->data, picture_->linesize);
  picture_->pts = written_++;
  encode(picture_.get());
}

void VideoWriter::Impl::finish() {
  if (finished_) return;
  if (written_ == 0) throw Error(fmt::format("{}: no picture was written; give at least one", file_.path().string()));
  encode(nullptr);
  check(av_write_trailer(output_.get()));
  avio_flush(output_->pb);
  check(output_->pb->error);
  check(avio_closep(&output_->pb));
  output_.reset();
  file_.commit();
  finished_ = true;
}

// Null flushes the encoder.
void VideoWriter::Impl::encode(const AVFrame* picture) {
  check(avcodec_send_frame(encoder_.get(), picture));
  for (;;) {
    const int code = avcodec_receive_packet(encoder_.get(), packet_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
    check(code);
    av_packet_rescale_ts(packet_.get(), encoder_->time_base, output_->streams[0]->time_base);
    check(av_interleaved_write_frame(output_.get(), packet_.get()));
    check(output_->pb->error);
  }
}

void VideoWriter::Impl::check(int code) const {
  if (code < 0)
    throw Error(fmt::format("{}: cannot be written ({}); check the space and the permissions of its folder",
                            file_.path().string(), error_text(code)));
}

VideoWriter::VideoWriter(const std::string& path, int width, int height, double frame_rate)
    : impl_(std::make_unique<Impl>(path, width, height, frame_rate)) {}
VideoWriter::~VideoWriter() = default;

bool VideoWriter::can_write(int width, int height) noexcept {
  return std::min(width, height) >= 2 && std::max(width, height) <= largest;
}
bool VideoWriter::can_play(double frame_rate) noexcept { return frame_rate > 0 && frame_rate <= 1000; }

void VideoWriter::write(const std::uint8_t* bgra, std::ptrdiff_t stride) { impl_->write(bgra, stride); }
void VideoWriter::finish() { impl_->finish(); }

}  // namespace inflight
