// Rows that are measured in turn, round by round, so that a ratio is that of two runs side by side.
#pragma once

#include <cstddef>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "inflight/base/clock.hpp"
#include "inflight/measure/statistics.hpp"

namespace inflight::bench {

/// Something that runs items, over and over.
struct Row {
  std::string name;
  std::function<double()> run;  ///< once; returns the seconds that it took
  double items;                 ///< of one run
  std::vector<double> us{};     ///< of each round, per item
  std::vector<double> cpu{};    ///< of all threads of this process, as `us`
};

/// How long one call takes, in seconds.
template <class Function>
double seconds_of(Function&& function) {
  const auto begin = Clock::now();
  function();
  return Seconds(Clock::now() - begin).count();
}

inline Row row_of(std::string name, long items, const std::function<void()>& run) {
  return {std::move(name), [run] { return seconds_of(run); }, static_cast<double>(items)};
}

/// The CPU time of all threads of this process so far, in seconds.
inline double cpu_seconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

/// Warms every row up, and runs all of them in each round; another one is the first each time.
inline void measure(std::vector<Row>& rows, int rounds) {
  for (Row& row : rows) row.run();
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Row& row = rows[(i + static_cast<std::size_t>(round)) % rows.size()];
      const double cpu_before = cpu_seconds();
      row.us.push_back(1e6 * row.run() / row.items);
      row.cpu.push_back(1e6 * (cpu_seconds() - cpu_before) / row.items);
    }
  }
}

inline void print_alone(const Row& row) { fmt::print("  {:<34} {:>8.2f} us\n", row.name, median_of(row.us)); }

/// What an item of `row` costs, which others on the machine change less than how long it takes.
inline void print_cpu(const Row& row, const Row& base) {
  const Interval ratio = ratio_interval(row.cpu, base.cpu);
  fmt::print("  {:<34} {:>8.2f} us of CPU   {:.3f} [{:.3f}..{:.3f}] of {}\n", row.name, median_of(row.cpu),
             ratio.median, ratio.low, ratio.high, base.name);
}

/// The time of `row`, how it compares to that of `base`, and what it is to reach.
inline void print_ratio(const Row& row, const Row& base, const char* bar = "") {
  const Interval ratio = ratio_interval(row.us, base.us);
  fmt::print("  {:<34} {:>8.2f} us   {:.3f} [{:.3f}..{:.3f}] of {}{}\n", row.name, median_of(row.us), ratio.median,
             ratio.low, ratio.high, base.name, bar);
}

/// How many items per second `row` makes for each of `base`, and what it is to reach.
inline void print_rate(const Row& row, const Row& base, const char* bar = "") {
  const Interval ratio = ratio_interval(base.us, row.us);
  fmt::print("  {:<34} {:>8.2f} us   {:.2f} [{:.2f}..{:.2f}] times the items/s of {}{}\n", row.name, median_of(row.us),
             ratio.median, ratio.low, ratio.high, base.name, bar);
}

}  // namespace inflight::bench
