// What the accounts of a frame cost: its stamps, its sums, and of every 17th, or of each, the processor time of its
// threads.
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/measure/stage_accounts.hpp"
#include "inflight/measure/statistics.hpp"

namespace {

using namespace inflight;

/// As the pipelines do it for each frame.
void account(StageAccounts& accounts, std::int64_t index, std::int64_t cores_of_every) {
  FrameStamps stamps;
  stamps.index = index;
  stamps.cores.known = index % cores_of_every == cores_of_every - 1;
  Clock::duration* const cores[] = {&stamps.cores.decode, &stamps.cores.fill, &stamps.cores.callback,
                                    &stamps.cores.sink};
  if (stamps.cores.known) {
    for (Clock::duration* stage : cores) {
      const Seconds began = thread_cpu_time();
      *stage = std::chrono::duration_cast<Clock::duration>(thread_cpu_time() - began);
    }
  }
  TimePoint before_packet = Clock::now();
  stamps.demuxing = Clock::now() - before_packet;
  for (TimePoint* stamp : {&stamps.asked, &stamps.decoded, &stamps.acquired, &stamps.submitted, &stamps.completed,
                           &stamps.taken, &stamps.delivered, &stamps.finished}) {
    *stamp = Clock::now();
  }
  accounts.add(stamps);
}

Interval nanoseconds_of(std::int64_t cores_of_every) {
  constexpr int rounds = 15;
  constexpr std::int64_t frames = 200'000;
  std::vector<double> nanoseconds;
  for (int round = 0; round < rounds; ++round) {
    StageAccounts accounts;
    const TimePoint began = Clock::now();
    for (std::int64_t i = 0; i < frames; ++i) account(accounts, i, cores_of_every);
    nanoseconds.push_back(1e6 * Milliseconds(Clock::now() - began).count() / static_cast<double>(accounts.frames()));
  }
  return median_interval(nanoseconds);
}

}  // namespace

int main() {
  const Interval usual = nanoseconds_of(17), each = nanoseconds_of(1);
  fmt::print("accounts of a frame: {:.0f} ns [{:.0f}..{:.0f}] (bar: 1000)\n", usual.median, usual.low, usual.high);
  fmt::print("with the processor time of each, as explain takes it: {:.0f} ns [{:.0f}..{:.0f}]\n", each.median,
             each.low, each.high);
}
