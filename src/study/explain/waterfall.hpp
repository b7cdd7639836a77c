// From measured runs to steps that add up.
#pragma once

#include <string>
#include <vector>

#include "inflight/report/explain_record.hpp"

namespace inflight {

/// What a run took per frame, round by round: between two frames, and of the cores.
struct CostRounds {
  std::vector<double> frame_ms{}, core_ms{};
};

/// What is told apart from the rest of a level, and has a step of its own: a figure per round.
struct ApartRounds {
  std::string name, text;
  std::vector<double> frame_ms{}, core_ms{};
};

/// One level of the waterfall, a figure per round.
struct LevelRounds {
  std::string name, text;
  std::vector<double> frame_ms, core_ms;
  std::vector<ApartRounds> apart{};  ///< of these
  bool paced = false;                ///< a clock sets the pace, and not the machine
};

/// What `level` takes more than `before` without what each tells apart, round by round.
CostRounds growth(const LevelRounds& level, const LevelRounds& before);

/// The steps between levels, in order from the ceiling.
struct Waterfall {
  std::vector<WaterfallStep> steps;
  double observed_ms = 0;  ///< the sum of all steps, and the remainder
  double remainder_ms = 0;
};

/// Each round's figures are first divided by how fast the machine was in that round (the mean over all levels, each
/// against its own median), so that a machine that drifts from round to round does not tilt the steps; paced levels
/// tell nothing of the machine, and are left as they are. A level is the
/// median of its rounds; a step is the difference of two levels, so that steps and remainder sum up to what was
/// observed. A stage that is put back also slows the inference beside it, which is no share of the stage's own work:
/// what levels tell apart is in none of their steps; what the last one does follows as steps of their own. `observed`
/// holds the runs of the whole program that belong to no level. All have the same rounds, one at least. Throws:
/// std::invalid_argument as `median_of`.
Waterfall waterfall_of(std::vector<LevelRounds> levels, LevelRounds observed);

}  // namespace inflight
