// How many rounds are measured, and who comes when in each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "inflight/base/clock.hpp"

namespace inflight {

/// With fewer, no interval of medians is worth much.
inline constexpr int fewest_rounds = 7;
/// How the doubt begins that there were fewer.
inline constexpr std::string_view too_few_rounds = "too few rounds";
/// With fewer frames for each request, filling and emptying the queue is much of a round, or a run.
inline constexpr std::int64_t frames_per_request = 4;
/// Half of an interval over its median, of every ratio, that is thought narrow enough.
inline constexpr double wanted_half_width = 0.02;

class Rounds {
 public:
  /// `fixed`: so many, unless the time is up before; else at least `fewest_rounds`, until the intervals are narrow or
  /// the time is up.
  Rounds(std::optional<int> fixed, std::optional<Seconds> time, std::uint64_t seed);

  /// Whether one more is to be measured after `done` ones that took `elapsed`, the widest of the relative intervals
  /// being `half_width`.
  bool another(int done, Seconds elapsed, double half_width);
  /// What said no: "rounds", "interval" or "time"; empty as long as nothing did.
  const std::string& ended_by() const noexcept { return ended_by_; }

  /// The order of the next round: 0 to `count` - 1, shuffled.
  std::vector<std::size_t> order(std::size_t count);

 private:
  bool end(const char* why);

  std::optional<int> fixed_;
  std::optional<Seconds> time_;
  std::mt19937_64 random_;
  std::string ended_by_;
};

}  // namespace inflight
