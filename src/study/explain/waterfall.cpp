#include "waterfall.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "inflight/measure/statistics.hpp"

namespace inflight {
namespace {

/// How slow each round was; 1: as usual.
std::vector<double> slowness(const std::vector<LevelRounds>& levels) {
  std::vector<double> factors(levels.front().frame_ms.size(), 0);
  for (const LevelRounds& level : levels) {
    const double usual = median_of(level.frame_ms);
    for (std::size_t round = 0; round < factors.size(); ++round)
      factors[round] += level.frame_ms[round] / usual / static_cast<double>(levels.size());
  }
  return factors;
}

std::vector<double> differences(const std::vector<double>& later, const std::vector<double>& earlier) {
  std::vector<double> result;
  std::ranges::transform(later, earlier, std::back_inserter(result), std::minus<>());
  return result;
}

}  // namespace

Waterfall waterfall_of(std::vector<LevelRounds> levels, LevelRounds observed) {
  levels.push_back(std::move(observed));
  const std::vector<double> factors = slowness(levels);
  for (LevelRounds& level : levels) {
    for (std::size_t round = 0; round < factors.size(); ++round) {
      level.frame_ms[round] /= factors[round];
      level.core_ms[round] /= factors[round];
    }
  }
  Waterfall waterfall;
  const std::vector<double> nothing(factors.size(), 0);
  double before = 0, cores_before = 0;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    const LevelRounds& level = levels[i];
    const double total = median_of(level.frame_ms), cores = median_of(level.core_ms);
    const Interval range = median_interval(differences(level.frame_ms, i == 0 ? nothing : levels[i - 1].frame_ms));
    waterfall.steps.push_back({.name = level.name,
                               .text = level.text,
                               .ms_per_frame = total - before,
                               .low = range.low,
                               .high = range.high,
                               .core_ms_per_frame = cores - cores_before,
                               .total_ms_per_frame = total});
    before = total;
    cores_before = cores;
  }
  waterfall.observed_ms = median_of(levels.back().frame_ms);
  waterfall.remainder_ms = waterfall.observed_ms - before;
  return waterfall;
}

}  // namespace inflight
