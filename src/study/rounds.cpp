#include "rounds.hpp"

#include <numeric>
#include <utility>

namespace inflight {

Rounds::Rounds(std::optional<int> fixed, std::optional<Seconds> time, std::uint64_t seed)
    : fixed_(fixed), time_(time), random_(seed) {}

bool Rounds::another(int done, Seconds elapsed, double half_width) {
  if (fixed_ && done >= *fixed_) return end("rounds");
  if (!fixed_ && done >= fewest_rounds && half_width <= wanted_half_width) return end("interval");
  // The first is measured whatever it takes; who knows better has refused before.
  if (time_ && done > 0 && elapsed + elapsed / done > *time_) return end("time");
  return true;
}

bool Rounds::end(const char* why) {
  ended_by_ = why;
  return false;
}

std::vector<std::size_t> Rounds::order(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Fisher and Yates by hand: std::shuffle differs from library to library, and the seed in the record would say
  // nothing.
  for (std::size_t i = count; i > 1; --i) {
    const std::size_t other = ((random_() >> 32) * i) >> 32;
    std::swap(order[i - 1], order[other]);
  }
  return order;
}

}  // namespace inflight
