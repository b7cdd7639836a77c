#include "demuxer.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <limits>
#include <string_view>
#include <utility>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

std::string without_password(const std::string& input) {
  const auto scheme = input.find("://");
  if (scheme == std::string::npos) return input;
  const auto host = input.find_first_of("/?", scheme + 3);
  const auto at = input.rfind('@', host);
  return at == std::string::npos || at < scheme ? input : input.substr(0, scheme + 3) + input.substr(at + 1);
}

// "rtsp://...", "concat:...", "image%03d.png": FFmpeg gives these a meaning of their own.
bool is_more_than_a_path(const std::string& input) {
  return input.find(':') != std::string::npos || input.find('%') != std::string::npos;
}

// What can be said better than FFmpeg does. Returns what FFmpeg is to open.
std::string checked_address(const std::string& input) {
  std::error_code ignored;
  const auto status = std::filesystem::status(input, ignored);
  if (!std::filesystem::exists(status)) {
    if (is_more_than_a_path(input)) return input;
    throw Error(fmt::format("{}: there is no such file; check the path", input));
  }
  if (std::filesystem::is_directory(status)) throw Error(fmt::format("{}: is a folder; give a video file", input));
  if (std::filesystem::is_regular_file(status) && std::filesystem::file_size(input, ignored) == 0)
    throw Error(fmt::format("{}: the file is empty; copy or download it again", input));
  return "file:" + input;  // so that a colon in the name is no protocol
}

std::string open_failure(const std::string& name, int code) {
  if (code == AVERROR(EACCES) || code == AVERROR(EPERM))
    return fmt::format("{}: may not be read; change its permissions", name);
  if (code == AVERROR_INVALIDDATA)
    return fmt::format("{}: not a complete video file ({}); copy or download it again", name, error_text(code));
  return fmt::format("{}: cannot be opened ({}); check the path or address", name, error_text(code));
}

int is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0; }

}  // namespace

Demuxer::Demuxer(const std::string& input, std::stop_token stop)
    : stop_(std::move(stop)), name_(without_password(input)) {
  open(input);
  choose_stream();
  promise_.emplace(*input_, stream());
  for (unsigned i = 0; i < input_->nb_streams; ++i)
    if (static_cast<int>(i) != stream_index_ && !promise_->spans_all_streams())
      input_->streams[i]->discard = AVDISCARD_ALL;
}

void Demuxer::open(const std::string& input) {
  const std::string address = checked_address(input);
  AVFormatContext* context = own<InputHandle>(avformat_alloc_context()).release();
  context->interrupt_callback = {is_stopped, &stop_};
  int code = avformat_open_input(&context, address.c_str(), nullptr, nullptr);  // frees the context when it fails
  if (code >= 0) {
    input_.reset(context);
    code = avformat_find_stream_info(context, nullptr);
  }
  if (stop_.stop_requested()) throw Error(fmt::format("{}: stopped while opening it", name_));
  if (code < 0) throw Error(open_failure(name_, code));
  // Any text is "ANSI art" to FFmpeg when its name ends in .txt or .nfo.
  if (std::string_view(input_->iformat->name) == "tty") throw Error(open_failure(name_, AVERROR_INVALIDDATA));
}

void Demuxer::choose_stream() {
  stream_index_ = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder_, 0);
  if (stream_index_ == AVERROR_DECODER_NOT_FOUND) {
    const int undecodable = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    const AVCodecParameters& codec = *input_->streams[undecodable]->codecpar;
    std::array<char, AV_FOURCC_MAX_STRING_SIZE> tag{};
    throw Error(fmt::format("{}: FFmpeg has no decoder for its video ({}, tag {}); convert it to H.264", name_,
                            avcodec_get_name(codec.codec_id), av_fourcc_make_string(tag.data(), codec.codec_tag)));
  }
  // The cover picture of a song is no video.
  if (stream_index_ < 0 || (stream().disposition & AV_DISPOSITION_ATTACHED_PIC))
    throw Error(fmt::format("{}: has no video stream; give a video file", name_));
}

int Demuxer::read(AVPacket& packet) {
  for (;;) {
    av_packet_unref(&packet);
    const int code = av_read_frame(input_.get(), &packet);
    if (code < 0) {
      // Many demuxers call a failed read the end.
      const int hidden = code == AVERROR_EOF && input_->pb ? input_->pb->error : 0;
      return hidden < 0 ? hidden : code;
    }
    promise_->saw(packet, *input_->streams[packet.stream_index]);
    if (packet.stream_index == stream_index_) return 0;
  }
}

bool Demuxer::seek(std::int64_t timestamp) {
  if (stream().start_time == AV_NOPTS_VALUE) return false;  // a raw stream: FFmpeg would guess, and miss
  constexpr auto earliest = std::numeric_limits<std::int64_t>::min();
  if (avformat_seek_file(input_.get(), stream_index_, earliest, timestamp, timestamp, 0) < 0) return false;
  promise_->restart(false);
  return true;
}

bool Demuxer::rewind() {
  // Where times may jump, FFmpeg looks for a time by bisection, and finds the first one behind the first keyframe.
  const int flags = input_->iformat->flags;
  const bool has_jumps = flags & AVFMT_TS_DISCONT;
  const bool by_time = !has_jumps && seek(stream().start_time);
  const bool by_bytes =
      !by_time && !(flags & AVFMT_NO_BYTE_SEEK) && av_seek_frame(input_.get(), stream_index_, 0, AVSEEK_FLAG_BYTE) >= 0;
  if (by_time || by_bytes) promise_->restart(true);
  return by_time || by_bytes;
}

std::optional<std::string> Demuxer::early_end(int code, std::int64_t frames_given) const {
  if (code != AVERROR_EOF)
    return fmt::format("{}: cannot be read beyond frame {} ({}); the file or its disk is damaged", name_, frames_given,
                       error_text(code));
  const auto missed = promise_->missed(frames_given);
  if (!missed) return std::nullopt;
  return fmt::format("{}: ends {}; the file is incomplete", name_, *missed);
}

}  // namespace inflight
