#include "subject.hpp"

#include <algorithm>

namespace inflight {

std::vector<double> Subject::figures(double (ProgramRun::*figure)() const) const {
  std::vector<double> result;
  result.reserve(runs.size());
  for (const ProgramRun& run : runs) result.push_back((run.*figure)());
  return result;
}

LevelRounds Subject::rounds(const std::string& text) const {
  return {name, text, figures(&ProgramRun::frame_ms), figures(&ProgramRun::core_ms)};
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
