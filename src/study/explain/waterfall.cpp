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

/// As on a machine that is always as fast as usual; of levels that tell nothing of inference, it lost nothing.
LevelRounds steadied(LevelRounds level, const std::vector<double>& factors) {
  level.slower_ms.resize(factors.size());
  level.slower_core_ms.resize(factors.size());
  if (level.paced) return level;
  for (std::vector<double>* figures : {&level.frame_ms, &level.core_ms, &level.slower_ms, &level.slower_core_ms})
    std::ranges::transform(*figures, factors, figures->begin(), std::divides<>());
  return level;
}

/// What a run took per frame, round by round: between two frames, and of the cores.
struct Cost {
  std::vector<double> frame_ms, core_ms;
};

WaterfallStep step_between(const std::string& name, const std::string& text, const Cost& before, const Cost& after) {
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

Waterfall waterfall_of(std::vector<LevelRounds> levels, LevelRounds observed) {
  const bool tells_inference = !levels.back().slower_ms.empty();
  levels.push_back(std::move(observed));
  const std::vector<double> factors = slowness(levels);
  for (LevelRounds& level : levels) level = steadied(std::move(level), factors);

  Waterfall waterfall;
  const std::vector<double> nothing(factors.size(), 0);
  Cost before{nothing, nothing};
  const auto add = [&](const std::string& name, const std::string& text, Cost after) {
    waterfall.steps.push_back(step_between(name, text, before, after));
    before = std::move(after);
  };
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    const LevelRounds& level = levels[i];
    add(level.name, level.text,
        {differences(level.frame_ms, level.slower_ms), differences(level.core_ms, level.slower_core_ms)});
  }
  if (tells_inference) {
    const LevelRounds& whole = levels[levels.size() - 2];
    add("slower inference",
        "inference takes longer than alone: its threads pause and wake, cores and caches are shared",
        {whole.frame_ms, whole.core_ms});
  }
  waterfall.observed_ms = median_of(levels.back().frame_ms);
  waterfall.remainder_ms = waterfall.observed_ms - median_of(before.frame_ms);
  return waterfall;
}

}  // namespace inflight
