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

struct Cost {
  double frame_ms, core_ms;
};

/// What inference took of a frame. A synchronous loop waits for it; beside other work it shares the cores.
Cost inference_in(const ProgramRun& run, bool waits, bool alone, double cores) {
  if (!waits) return {run.inference_core_ms() / cores, run.inference_core_ms()};
  if (alone) return {run.frame_ms(), run.core_ms()};
  return {run.stages.wall(Stage::device).count(), run.inference_core_ms()};
}

}  // namespace

LevelRounds rounds_of(const Subject& level, const std::string& text, const Subject* alone, double cores) {
  LevelRounds rounds{level.name, text, level.figures(&ProgramRun::frame_ms), level.figures(&ProgramRun::core_ms)};
  if (alone == nullptr) return rounds;
  const bool waits = level.program.way.name == "sync";
  for (std::size_t round = 0; round < level.runs.size(); ++round) {
    const Cost here = inference_in(level.runs[round], waits, false, cores);
    const Cost there = inference_in(alone->runs[round], waits, true, cores);
    rounds.slower_ms.push_back(here.frame_ms - there.frame_ms);
    rounds.slower_core_ms.push_back(here.core_ms - there.core_ms);
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
