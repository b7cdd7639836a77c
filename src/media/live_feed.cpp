#include "live_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "decoder.hpp"
#include "demuxer.hpp"
#include "inflight/base/error.hpp"
#include "input_errors.hpp"
#include "live_pace.hpp"
#include "stream_info.hpp"

namespace inflight {
namespace {

constexpr Seconds first_pause{0.25};
constexpr Seconds longest_pause{2};
// What hangs is reported by its own thread, if that still can.
constexpr Seconds grace{0.5};
// A stream shows nothing before its next key frame, some seconds from now.
constexpr int silences_to_first_picture = 4;

}  // namespace

LiveFeed::LiveFeed(Address address, int threads, Seconds silence)
    : address_(std::move(address)), threads_(threads), patience_(stop_.get_token(), silence) {}

void LiveFeed::run() {
  Seconds pause = first_pause;
  while (!stopped()) {
    const std::int64_t before = state().frames;
    try {
      follow();
    } catch (const std::exception& error) {
      lost(error.what());
    }
    std::unique_lock lock(mutex_);
    if (state_.frames == 0) break;
    if (state_.frames > before) pause = first_pause;
    changed_.wait_for(lock, stop_.get_token(), pause, [] { return false; });
    pause = std::min(2 * pause, longest_pause);
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

// One connection. Throws: Error when it cannot be made, or is lost.
void LiveFeed::follow() {
  Demuxer demuxer(address_, patience_, Probing::least);
  Decoder decoder(demuxer, threads_, Delay::none);
  clock_.reconnect();
  std::optional<VideoInfo> info;
  LivePace pace;
  while (decoder.next(stop_.get_token()) == Decoder::Step::picture) {
    const AVFrame& picture = decoder.picture();
    if (!info) {
      info = describe_picture(demuxer, picture);
      const std::lock_guard lock(mutex_);
      info_ = info;
    }
    std::optional<std::chrono::nanoseconds> stamp;
    if (picture.best_effort_timestamp != AV_NOPTS_VALUE) stamp = raw_time(demuxer, picture.best_effort_timestamp);
    const std::chrono::nanoseconds time = clock_.time(stamp, Clock::now());
    if (demuxer.is_playlist() && !wait_until(pace.due(time, Clock::now()))) return;
    decoder.give(frame_, info->rotation, time);
    arrived(frame_);
  }
  if (!stopped()) throw Error(demuxer.lost(decoder.end_code()));
}

// Returns whether it was not stopped. That nothing is read meanwhile is not the sender's silence.
bool LiveFeed::wait_until(TimePoint due) {
  std::unique_lock lock(mutex_);
  while (!stopped() && Clock::now() < due) {
    constexpr auto step = std::chrono::milliseconds(100);
    changed_.wait_until(lock, stop_.get_token(), std::min(due, Clock::now() + step), [] { return false; });
    patience_.renew();
  }
  return !stopped();
}

void LiveFeed::arrived(Frame& frame) {
  const std::lock_guard lock(mutex_);
  if (newest_.put(std::move(frame))) ++state_.dropped;
  frame.release();  // NOLINT(bugprone-use-after-move): what nobody read, and goes back to the decoder
  if (++state_.frames > 1 && !state_.connected) ++state_.reconnects;
  if (!state_.connected) {
    state_.connected = true;
    state_.reason.clear();
    changed_.notify_all();
  }
  rate_.add(Clock::now());
}

// Within the handler of the exception that tells why.
void LiveFeed::lost(std::string reason) {
  const std::lock_guard lock(mutex_);
  if (state_.frames == 0) failure_ = std::current_exception();
  state_.connected = false;
  state_.reason = std::move(reason);
  rate_.clear();
  changed_.notify_all();
}

void LiveFeed::stop() {
  stop_.request_stop();
  newest_.close();
}

void LiveFeed::wait_until_open() {
  const TimePoint last = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                            silences_to_first_picture * patience_.silence() + grace);
  std::unique_lock lock(mutex_);
  const auto is_decided = [this] { return state_.frames > 0 || ended_; };
  while (!is_decided() && !stopped()) {
    if (patience_.expired(grace)) throw Error(silence_of(address_, patience_.silence()));
    if (Clock::now() > last)
      throw Error(fmt::format("{}: sends, but no whole picture in {:g} s; let it send key frames more often",
                              address_.name, silences_to_first_picture * patience_.silence().count()));
    changed_.wait_for(lock, stop_.get_token(), std::chrono::milliseconds(100), is_decided);
  }
  if (stopped()) throw Interrupted(fmt::format("{}: stopped while opening it", address_.name));
  if (failure_) std::rethrow_exception(failure_);
}

bool LiveFeed::wait_until_ended(Seconds limit) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [this] { return ended_; });
}

VideoInfo LiveFeed::info() const {
  const std::lock_guard lock(mutex_);
  return info_.value_or(VideoInfo{});
}

LiveSourceState LiveFeed::state() const {
  const std::lock_guard lock(mutex_);
  LiveSourceState state = state_;
  state.frame_rate = rate_.rate(Clock::now());
  if (state.connected && patience_.expired()) {  // its thread hangs, or will say so itself in a moment
    state.connected = false;
    state.reason = silence_of(address_, patience_.silence());
  }
  return state;
}

}  // namespace inflight
