#include "stream_info.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/mathematics.h>
#include <libavutil/pixdesc.h>
}

namespace inflight {
namespace {

constexpr AVRational nanosecond{1, 1'000'000'000};

std::int64_t start_timestamp(const AVStream& stream) noexcept {
  return stream.start_time == AV_NOPTS_VALUE ? 0 : stream.start_time;
}

// FFmpeg tells degrees counterclockwise by which the matrix turns a picture. Mirroring is not told, and is taken out
// before: the half turn that it looks like would stand a picture on its head.
int clockwise(const std::uint8_t* display_matrix) noexcept {
  std::array<std::int32_t, 9> matrix{};
  std::memcpy(matrix.data(), display_matrix, sizeof(matrix));
  const auto product = [&](std::size_t a, std::size_t b) { return std::int64_t{matrix[a]} * matrix[b]; };
  if (product(0, 4) < product(1, 3)) av_display_matrix_flip(matrix.data(), 1, 0);
  const double turned = av_display_rotation_get(matrix.data());
  if (std::isnan(turned)) return 0;
  const int quarters = static_cast<int>(std::lround(-turned / 90));
  return (quarters % 4 + 4) % 4 * 90;
}

std::string name_of(int pixel_format) {
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(pixel_format));
  return name ? name : "";
}

}  // namespace

VideoInfo describe_stream(const Demuxer& demuxer) {
  const AVStream& stream = demuxer.stream();
  const AVCodecParameters& codec = *stream.codecpar;
  VideoInfo info;
  info.codec = avcodec_get_name(codec.codec_id);
  info.pixel_format = name_of(codec.format);

  if (const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr))
    info.rotation = clockwise(matrix);
  info.width = codec.width;
  info.height = codec.height;
  if (info.rotation % 180 != 0) std::swap(info.width, info.height);

  const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  if (rate.num > 0 && rate.den > 0) info.frame_rate = av_q2d(rate);
  const AVFormatContext& container = demuxer.container();
  if (container.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE) {  // that one is a guess
    if (stream.duration > 0)
      info.duration = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
    else if (container.duration > 0)
      info.duration = static_cast<double>(container.duration) / AV_TIME_BASE;
  }
  info.frames = stream.nb_frames > 0 ? stream.nb_frames : std::llround(info.duration * info.frame_rate);
  return info;
}

VideoInfo describe_picture(const Demuxer& demuxer, const AVFrame& picture) {
  VideoInfo info = describe_stream(demuxer);
  info.pixel_format = name_of(picture.format);
  info.rotation = rotation_of(picture, info.rotation);
  info.width = picture.width;
  info.height = picture.height;
  if (info.rotation % 180 != 0) std::swap(info.width, info.height);
  return info;
}

int rotation_of(const AVFrame& picture, int otherwise) noexcept {
  const AVFrameSideData* matrix = av_frame_get_side_data(&picture, AV_FRAME_DATA_DISPLAYMATRIX);
  return matrix ? clockwise(matrix->data) : otherwise;
}

std::chrono::nanoseconds raw_time(const Demuxer& demuxer, std::int64_t timestamp) noexcept {
  return std::chrono::nanoseconds(av_rescale_q(timestamp, demuxer.stream().time_base, nanosecond));
}

std::chrono::nanoseconds stream_time(const Demuxer& demuxer, std::int64_t timestamp) noexcept {
  return raw_time(demuxer, timestamp - start_timestamp(demuxer.stream()));
}

std::int64_t stream_timestamp(const Demuxer& demuxer, std::chrono::nanoseconds time) noexcept {
  const AVStream& stream = demuxer.stream();
  return start_timestamp(stream) + av_rescale_q(time.count(), nanosecond, stream.time_base);
}

}  // namespace inflight
