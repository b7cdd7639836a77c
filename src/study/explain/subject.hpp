// What is run once in every round.
#pragma once

#include <string>
#include <vector>

#include "inflight/study/explained_program.hpp"
#include "program_runs.hpp"
#include "waterfall.hpp"

namespace inflight {

/// A program up to a depth, and its runs, one per round.
struct Subject {
  std::string name;
  ExplainedProgram program;
  Depth depth = Depth::whole;
  std::vector<ProgramRun> runs{};

  /// A figure of each run.
  std::vector<double> figures(double (ProgramRun::*figure)() const) const;
  /// For the waterfall.
  LevelRounds rounds(const std::string& text) const;
};

/// All runs as one; of threads, the most that there were at a time.
ProgramRun sum_of(const std::vector<ProgramRun>& runs);

}  // namespace inflight
