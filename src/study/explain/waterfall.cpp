#include "waterfall.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

#include "inflight/measure/statistics.hpp"

namespace inflight {
namespace {

/// How slow each round was; 1: as usual.
std::vector<double> slowness(const std::vector<LevelRounds>& levels) {
  std::vector<double> factors(levels.front().frame_ms.size(), 0);
  const auto telling = std::ranges::count(levels, false, &LevelRounds::paced);
  for (const LevelRounds& level : levels) {
    if (level.paced) continue;
    const double usual = median_of(level.frame_ms);
    for (std::size_t round = 0; round < factors.size(); ++round)
      factors[round] += level.frame_ms[round] / usual / static_cast<double>(telling);
  }
  return factors;
}

std::vector<double> differences(const std::vector<double>& later, const std::vector<double>& earlier) {
  std::vector<double> result;
  std::ranges::transform(later, earlier, std::back_inserter(result), std::minus<>());
  return result;
}

/// As on a machine that is always as fast as usual.
LevelRounds steadied(LevelRounds level, const std::vector<double>& factors) {
  if (level.paced) return level;
  const auto steady = [&](std::vector<double>& figures) {
    std::ranges::transform(figures, factors, figures.begin(), std::divides<>());
  };
  steady(level.frame_ms);
  steady(level.core_ms);
  for (ApartRounds& apart : level.apart) {
    steady(apart.frame_ms);
    steady(apart.core_ms);
  }
  return level;
}

/// A level's, without what it tells apart from the `first` on.
CostRounds without_apart(const LevelRounds& level, std::size_t first) {
  CostRounds cost{level.frame_ms, level.core_ms};
  for (std::size_t i = first; i < level.apart.size(); ++i) {
    cost.frame_ms = differences(cost.frame_ms, level.apart[i].frame_ms);
    cost.core_ms = differences(cost.core_ms, level.apart[i].core_ms);
  }
  return cost;
}

WaterfallStep step_between(const std::string& name, const std::string& text, const CostRounds& before,
                           const CostRounds& after) {
  const Interval range = median_interval(differences(after.frame_ms, before.frame_ms));
  const double total = median_of(after.frame_ms);
  return {.name = name,
          .text = text,
          .ms_per_frame = total - median_of(before.frame_ms),
          .low = range.low,
          .high = range.high,
          .coverage = range.coverage,
          .core_ms_per_frame = median_of(after.core_ms) - median_of(before.core_ms),
          .total_ms_per_frame = total};
}

}  // namespace

CostRounds growth(const LevelRounds& level, const LevelRounds& before) {
  const CostRounds here = without_apart(level, 0), there = without_apart(before, 0);
  return {differences(here.frame_ms, there.frame_ms), differences(here.core_ms, there.core_ms)};
}

Waterfall waterfall_of(std::vector<LevelRounds> levels, LevelRounds observed) {
  levels.push_back(std::move(observed));
  const std::vector<double> factors = slowness(levels);
  for (LevelRounds& level : levels) level = steadied(std::move(level), factors);

  Waterfall waterfall;
  const std::vector<double> nothing(factors.size(), 0);
  CostRounds before{nothing, nothing};
  const auto add = [&](const std::string& name, const std::string& text, CostRounds after) {
    waterfall.steps.push_back(step_between(name, text, before, after));
    before = std::move(after);
  };
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    add(levels[i].name, levels[i].text, without_apart(levels[i], 0));
  }
  const LevelRounds& whole = levels[levels.size() - 2];
  for (std::size_t i = 0; i < whole.apart.size(); ++i)
    add(whole.apart[i].name, whole.apart[i].text, without_apart(whole, i + 1));
  waterfall.observed_ms = median_of(levels.back().frame_ms);
  waterfall.remainder_ms = waterfall.observed_ms - median_of(before.frame_ms);
  return waterfall;
}

}  // namespace inflight
