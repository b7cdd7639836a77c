#include "inflight/measure/stage_accounts.hpp"

#include <algorithm>
#include <numeric>

namespace inflight {
namespace {

constexpr std::array<const char*, stage_count> names{"read",       "decode",   "wait_request", "fill",   "device",
                                                     "wait_order", "callback", "draw",         "encode", "sink"};

constexpr std::size_t at(Stage stage) { return static_cast<std::size_t>(stage); }

/// A sink says what of its time it drew and encoded; no more than there is.
void add_sink(std::array<Clock::duration, stage_count>& sums, Clock::duration all, Clock::duration drawing,
              Clock::duration encoding) {
  drawing = std::min(drawing, all);
  encoding = std::min(encoding, all - drawing);
  sums[at(Stage::draw)] += drawing;
  sums[at(Stage::encode)] += encoding;
  sums[at(Stage::sink)] += all - drawing - encoding;
}

Milliseconds mean(Clock::duration sum, std::int64_t count) {
  return count > 0 ? Milliseconds(sum) / static_cast<double>(count) : Milliseconds(0);
}

}  // namespace

const char* name_of(Stage stage) noexcept { return names[at(stage)]; }

void StageAccounts::add(const FrameStamps& stamps) noexcept {
  // A source that decodes on a thread of its own read the packets before it was asked.
  const auto reading = std::min(stamps.demuxing, stamps.decoded - stamps.asked);
  wall_[at(Stage::read)] += reading;
  wall_[at(Stage::decode)] += stamps.decoded - stamps.asked - reading;
  wall_[at(Stage::wait_request)] += stamps.acquired - stamps.decoded;
  wall_[at(Stage::fill)] += stamps.submitted - stamps.acquired;
  wall_[at(Stage::device)] += stamps.completed - stamps.submitted;
  wall_[at(Stage::wait_order)] += stamps.taken - stamps.completed;
  wall_[at(Stage::callback)] += stamps.delivered - stamps.taken;
  add_sink(wall_, stamps.finished - stamps.delivered, stamps.drawing, stamps.encoding);
  ++frames_;
  if (!stamps.cores.known) return;
  cores_[at(Stage::decode)] += stamps.cores.decode;
  cores_[at(Stage::fill)] += stamps.cores.fill;
  cores_[at(Stage::callback)] += stamps.cores.callback;
  add_sink(cores_, stamps.cores.sink, stamps.cores.draw, stamps.cores.encode);
  ++sampled_;
}

void StageAccounts::merge(const StageAccounts& other) noexcept {
  for (std::size_t i = 0; i < stage_count; ++i) {
    wall_[i] += other.wall_[i];
    cores_[i] += other.cores_[i];
  }
  frames_ += other.frames_;
  sampled_ += other.sampled_;
}

Milliseconds StageAccounts::wall(Stage stage) const noexcept { return mean(wall_[at(stage)], frames_); }
Milliseconds StageAccounts::cores(Stage stage) const noexcept { return mean(cores_[at(stage)], sampled_); }
Milliseconds StageAccounts::cores() const noexcept {
  return mean(std::accumulate(cores_.begin(), cores_.end(), Clock::duration(0)), sampled_);
}

}  // namespace inflight
