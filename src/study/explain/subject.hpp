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
};

/// For the waterfall. `alone`: runs of the same rounds in which inference is alone, to compare with; none: not
/// compared. `cores`: how many the program may use.
LevelRounds rounds_of(const Subject& level, const std::string& text, const Subject* alone, double cores);

/// All runs as one; of threads, the most that there were at a time.
ProgramRun sum_of(const std::vector<ProgramRun>& runs);

}  // namespace inflight
