#include "stream_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "inflight/base/error.hpp"
#include "stream_info.hpp"

namespace inflight {
namespace {

// Files may be on slow disks, and what a server sends may be made to order.
Seconds patience_with(const Address& address) { return Seconds(address.kind == Address::Kind::stream ? 10 : 0); }

// A file is there at once, or its disk hangs in the system, whom nobody stops: only reading it ends, between frames.
std::stop_token stop_of_opening(const Address& address, const std::stop_token& stop) {
  return address.kind == Address::Kind::file ? std::stop_token() : stop;
}

}  // namespace

StreamReader::StreamReader(Address address, VideoReaderOptions options)
    : options_(std::move(options)),
      patience_(stop_of_opening(address, options_.stop), patience_with(address)),
      demuxer_(std::move(address), patience_),
      decoder_(demuxer_, options_.threads, Delay::some),
      start_(std::chrono::duration_cast<std::chrono::nanoseconds>(options_.start)) {
  info_ = describe_stream(demuxer_);
  info_.decoder_threads = decoder_.threads();
  interval_ = std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / (info_.frame_rate > 0 ? info_.frame_rate : 25)));
  time_ = -interval_;
  if (info_.duration > 0 && options_.start.count() >= info_.duration)
    throw UsageError(fmt::format("start {} s is beyond the end of {}, which lasts {:.2f} s", options_.start.count(),
                                 demuxer_.name(), info_.duration));
  if (start_.count() > 0) go_to_start();  // an input that cannot seek is decoded up to there
}

ReadOutcome StreamReader::read(Frame& frame) {
  frame.release();
  while (!ended_) {
    if (options_.frames > 0 && counts_.frames >= options_.frames) break;
    switch (decode()) {
      case Decoder::Step::stopped:
        return ReadOutcome::stopped;
      case Decoder::Step::end:
        end_pass();
        break;
      case Decoder::Step::picture:
        if (!is_wanted()) break;
        give(frame);
        return ReadOutcome::frame;
    }
  }
  return options_.stop.stop_requested() ? ReadOutcome::stopped : ReadOutcome::end;
}

Decoder::Step StreamReader::decode() {
  const Decoder::Step step = decoder_.next(options_.stop);
  counts_.damaged_packets = decoder_.damaged_packets();
  if (step != Decoder::Step::picture) return step;
  ++decoded_in_pass_;
  const std::int64_t stamp = decoder_.picture().best_effort_timestamp;
  time_ = stamp == AV_NOPTS_VALUE ? time_ + interval_ : stream_time(demuxer_, stamp);
  return step;
}

// Whether the picture is not before the start.
bool StreamReader::is_wanted() {
  const bool first = std::exchange(first_of_seek_, false);
  if (first && time_ > start_ && go_further_back()) return false;
  return start_.count() == 0 || time_ >= start_;  // leading pictures may be before time 0
}

// The indexes of some containers lead behind the keyframe that is needed: then again, from before.
bool StreamReader::go_further_back() {
  margin_ = margin_.count() == 0 ? std::chrono::seconds(2) : margin_ * 8;
  return go_to_start();
}

// Goes to a keyframe before `start_ - margin_`, or to the beginning. Returns whether the input can do that.
bool StreamReader::go_to_start() {
  const bool sought = margin_ < start_ && demuxer_.seek(stream_timestamp(demuxer_, start_ - margin_));
  if (!sought && !demuxer_.rewind()) return false;
  decoder_.flush();
  decoded_in_pass_ = given_in_pass_ = 0;
  first_of_seek_ = sought;
  time_ = -interval_;
  return true;
}

void StreamReader::end_pass() {
  if (first_of_seek_ && go_further_back()) return;
  if (const auto reason = demuxer_.early_end(decoder_.end_code(), given_in_pass_); reason && !counts_.ended_early) {
    counts_.ended_early = true;
    counts_.early_reason = *reason;
    if (given_in_pass_ == 0 && decoder_.end_code() != AVERROR_EOF) throw Error(*reason);
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

void StreamReader::give(Frame& frame) {
  if (is_damaged(decoder_.picture())) ++counts_.damaged_frames;
  decoder_.give(frame, info_.rotation, time_);
  ++given_in_pass_;
  ++counts_.frames;
}

}  // namespace inflight
