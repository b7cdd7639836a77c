#include "subject.hpp"

#include <algorithm>

namespace inflight {

std::vector<double> Subject::figures(double (ProgramRun::*figure)() const) const {
  std::vector<double> result;
  result.reserve(runs.size());
  for (const ProgramRun& run : runs) result.push_back((run.*figure)());
  return result;
}

namespace {

/// What inference took more than alone.
struct Cost {
  double frame_ms, core_ms;
};

/// Beside other work, inference that takes more of the cores takes time only where none of them is idle.
Cost more_inference_beside_work(const ProgramRun& here, const ProgramRun& alone, double cores) {
  constexpr double all_of_them = 0.9;
  const double more = here.inference_core_ms() - alone.inference_core_ms();
  return {here.core_ms() >= all_of_them * cores * here.frame_ms() ? more / cores : 0, more};
}

/// A synchronous loop waits for it, and alone it does nothing else.
Cost more_inference_waited_for(const ProgramRun& here, const ProgramRun& alone) {
  return {here.stages.wall(Stage::device).count() - alone.frame_ms(), here.inference_core_ms() - alone.core_ms()};
}

}  // namespace

LevelRounds rounds_of(const Subject& level, const std::string& text, const Subject* alone, double cores) {
  LevelRounds rounds{level.name, text, level.figures(&ProgramRun::frame_ms), level.figures(&ProgramRun::core_ms)};
  rounds.paced = level.program.rate > 0 && level.depth >= Depth::pace;
  if (alone == nullptr || level.runs.front().threads.empty()) return rounds;
  const bool waits = level.program.way.name == "sync";
  for (std::size_t round = 0; round < level.runs.size(); ++round) {
    const ProgramRun &here = level.runs[round], &before = alone->runs[round];
    const Cost more = waits ? more_inference_waited_for(here, before) : more_inference_beside_work(here, before, cores);
    rounds.slower_ms.push_back(more.frame_ms);
    rounds.slower_core_ms.push_back(more.core_ms);
  }
  return rounds;
}

ProgramRun sum_of(const std::vector<ProgramRun>& runs) {
  ProgramRun sum;
  for (const ProgramRun& run : runs) {
    sum.frames += run.frames;
    sum.failed += run.failed;
    sum.wall += run.wall;
    sum.cpu += run.cpu;
    sum.given += run.given;
    sum.held += run.held;
    sum.requests = run.requests;
    sum.stages.merge(run.stages);
    for (const auto& [role, used] : run.threads) {
      auto& mine = sum.threads[role];
      mine.threads = std::max(mine.threads, used.threads);
      mine.cpu += used.cpu;
    }
  }
  return sum;
}

}  // namespace inflight
