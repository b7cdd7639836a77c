// What the accounts of a frame cost: its stamps, its sums, and of every 17th the processor time of its threads.
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
void account(StageAccounts& accounts, std::int64_t index) {
  FrameStamps stamps;
  stamps.index = index;
  stamps.cores.known = index % 17 == 16;
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

}  // namespace

int main() {
  constexpr int rounds = 15;
  constexpr std::int64_t frames = 200'000;
  std::vector<double> nanoseconds;
  StageAccounts accounts;
  for (int round = 0; round < rounds; ++round) {
    const TimePoint began = Clock::now();
    for (std::int64_t i = 0; i < frames; ++i) account(accounts, i);
    nanoseconds.push_back(1e6 * Milliseconds(Clock::now() - began).count() / static_cast<double>(frames));
  }
  const Interval found = median_interval(nanoseconds);
  fmt::print("accounts of a frame: {:.0f} ns [{:.0f}..{:.0f}], {} rounds of {} frames (bar: 1000)\n", found.median,
             found.low, found.high, rounds, accounts.frames() / rounds);
}
