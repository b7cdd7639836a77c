#include "demuxer.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <limits>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "inflight/base/error.hpp"
#include "input_errors.hpp"

namespace inflight {
namespace {

using Options = std::unique_ptr<AVDictionary, FreeThrough<av_dict_free>>;

AVDictionary* dictionary(const std::vector<std::pair<std::string, std::string>>& options) {
  AVDictionary* dictionary = nullptr;
  for (const auto& [key, value] : options) av_dict_set(&dictionary, key.c_str(), value.c_str(), 0);
  return dictionary;
}

// Whether enough is known before the first packet.
bool is_known(const AVFormatContext& input, Address::Kind kind, Probing probing) {
  using enum Address::Kind;
  if (kind == graph) return false;  // its rate comes with the first picture, at no cost
  if (probing == Probing::full && kind != camera && kind != device) return false;
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    const AVCodecParameters& codec = *input.streams[i]->codecpar;
    if (codec.codec_type == AVMEDIA_TYPE_VIDEO && codec.codec_id != AV_CODEC_ID_NONE) return true;
  }
  return false;
}

}  // namespace

Demuxer::Demuxer(Address address, Patience& patience, Probing probing)
    : address_(std::move(address)), patience_(patience), probing_(probing) {
  check_there(address_);
  open();
  choose_stream();
  promise_.emplace(*input_, stream());
  pass_over_others();
}

void Demuxer::pass_over_others() {
  for (unsigned i = 0; i < input_->nb_streams; ++i)
    if (static_cast<int>(i) != stream_index_ && !promise_->spans_all_streams())
      input_->streams[i]->discard = AVDISCARD_ALL;
}

void Demuxer::open() {
  AVDictionary* wishes = dictionary(address_.options);
  const int code = connect(input_, &wishes);
  const Options unknown(wishes);
  if (patience_.stopped()) throw Interrupted(fmt::format("{}: stopped while opening it", name()));
  if (patience_.lost()) throw Error(silence_of(address_, patience_.silence()));
  if (code < 0) throw Error(open_failure(address_, code));
  // Any text is "ANSI art" to FFmpeg when its name ends in .txt or .nfo.
  if (std::string_view(input_->iformat->name) == "tty") throw Error(open_failure(address_, AVERROR_INVALIDDATA));
  check_wishes(unknown.get());
}

// Leaves in `wishes` what FFmpeg doesn't know. Returns its error.
int Demuxer::connect(InputHandle& input, AVDictionary** wishes) const {
  patience_.begin();
  AVFormatContext* context = own<InputHandle>(avformat_alloc_context()).release();
  context->interrupt_callback = patience_.callback();
  // FFmpeg waits for a camera without asking whether it still should.
  if (address_.kind == Address::Kind::camera) context->flags |= AVFMT_FLAG_NONBLOCK;
  const AVInputFormat* format = address_.format.empty() ? nullptr : input_format(address_.format);
  const int code = avformat_open_input(&context, address_.url.c_str(), format, wishes);  // frees it when it fails
  if (code < 0) return code;
  input.reset(context);
  return is_known(*context, address_.kind, probing_) ? code : avformat_find_stream_info(context, nullptr);
}

// FFmpeg leaves the options that it doesn't know, and takes what size the camera has.
void Demuxer::check_wishes(const AVDictionary* unknown) const {
  for (const auto& [key, value] : address_.options)
    if (av_dict_get(unknown, key.c_str(), nullptr, 0))
      throw UsageError(fmt::format("{}: cannot be asked for a {} ({}); leave that out", name(), key, value));
  if (address_.kind != Address::Kind::camera) return;
  for (const auto& [key, value] : address_.options) {
    const AVCodecParameters& has = *input_->streams[0]->codecpar;
    const std::string size = fmt::format("{}x{}", has.width, has.height);
    if (key == "video_size" && value != size)
      throw Error(fmt::format("{}: has no {} but {}; ask for that, or for what v4l2-ctl --list-formats-ext lists",
                              name(), value, size));
  }
}

void Demuxer::choose_stream() {
  stream_index_ = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder_, 0);
  if (stream_index_ == AVERROR_DECODER_NOT_FOUND) {
    const int undecodable = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    const AVCodecParameters& codec = *input_->streams[undecodable]->codecpar;
    std::array<char, AV_FOURCC_MAX_STRING_SIZE> tag{};
    throw Error(fmt::format("{}: FFmpeg has no decoder for its video ({}, tag {}); convert it to H.264", name(),
                            avcodec_get_name(codec.codec_id), av_fourcc_make_string(tag.data(), codec.codec_tag)));
  }
  // The cover picture of a song is no video.
  if (stream_index_ < 0 || (stream().disposition & AV_DISPOSITION_ATTACHED_PIC))
    throw Error(fmt::format("{}: has no video stream; give a video file", name()));
}

bool Demuxer::is_endless() const noexcept {
  if (stream().duration > 0 || input_->duration > 0) return false;
  if ((input_->ctx_flags & AVFMTCTX_UNSEEKABLE) != 0) return true;  // a playlist that is still being written
  return !input_->pb || (input_->pb->seekable == 0 && avio_size(input_->pb) <= 0);
}

bool Demuxer::is_playlist() const noexcept {
  const std::string_view format = input_->iformat->name;
  return format == "hls" || format == "dash";
}

int Demuxer::read(AVPacket& packet) {
  for (;;) {
    av_packet_unref(&packet);
    int code = av_read_frame(input_.get(), &packet);
    while (code == AVERROR(EAGAIN) && !patience_.is_over()) {  // a camera between two pictures, see `open`
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      code = av_read_frame(input_.get(), &packet);
    }
    if (patience_.lost()) return AVERROR(ETIMEDOUT);
    if (code < 0) {
      // Many demuxers call a failed read the end.
      const int hidden = code == AVERROR_EOF && input_->pb ? input_->pb->error : 0;
      return hidden < 0 ? hidden : code;
    }
    promise_->saw(packet, *input_->streams[packet.stream_index]);
    if (packet.stream_index == stream_index_) {
      patience_.renew();
      gave_packets_ = true;
      return 0;
    }
    if (patience_.is_over()) return patience_.lost() ? AVERROR(ETIMEDOUT) : AVERROR_EXIT;
  }
}

// Some demuxers seek all the same, and then nothing can be read; a playlist opens its files itself.
bool Demuxer::is_one_way() const noexcept {
  return input_->pb && (input_->pb->seekable & AVIO_SEEKABLE_NORMAL) == 0 && !is_playlist();
}

bool Demuxer::seek(std::int64_t timestamp) {
  if (is_one_way()) return false;
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
  const bool has_bytes = input_->pb && !is_one_way() && !(flags & AVFMT_NO_BYTE_SEEK);
  const bool can = (!has_jumps && seek(stream().start_time)) ||
                   (has_bytes && av_seek_frame(input_.get(), stream_index_, 0, AVSEEK_FLAG_BYTE) >= 0) || reopen();
  if (can) promise_->restart(true);
  return can;
}

bool Demuxer::reopen() {
  using Kind = Address::Kind;
  if (address_.kind != Kind::graph && address_.kind != Kind::elsewhere)
    return false;  // a pipe would wait for another writer
  AVDictionary* wishes = dictionary(address_.options);
  InputHandle again;
  const int code = connect(again, &wishes);
  const Options unknown(wishes);
  if (patience_.stopped()) return true;  // nothing is read any more
  const auto index = static_cast<unsigned>(stream_index_);
  const bool is_the_same = code >= 0 && index < again->nb_streams &&
                           again->streams[index]->codecpar->codec_id == stream().codecpar->codec_id;
  if (!is_the_same) return false;
  input_ = std::move(again);
  pass_over_others();
  return true;
}

std::optional<std::string> Demuxer::early_end(int code, std::int64_t frames_given) const {
  if (code != AVERROR_EOF && address_.kind == Address::Kind::file)
    return fmt::format("{}: cannot be read beyond frame {} ({}); the file or its disk is damaged", name(), frames_given,
                       error_text(code));
  const bool is_web = address_.url.starts_with("http://") || address_.url.starts_with("https://");
  if (code != AVERROR_EOF && !gave_packets_ && is_web && is_one_way())
    return fmt::format("{}: the server cannot seek in it; download the file", name());
  if (code != AVERROR_EOF) return lost(code);
  const auto missed = promise_->missed(frames_given);
  if (!missed) return std::nullopt;
  return fmt::format("{}: ends {}; the file is incomplete", name(), *missed);
}

std::string Demuxer::lost(int code) const {
  return patience_.lost() ? silence_of(address_, patience_.silence()) : loss(address_, code);
}

}  // namespace inflight
