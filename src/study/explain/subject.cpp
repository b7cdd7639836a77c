#include "subject.hpp"

#include <algorithm>
#include <utility>

namespace inflight {

std::vector<double> Subject::figures(double (ProgramRun::*figure)() const) const {
  std::vector<double> result;
  result.reserve(runs.size());
  for (const ProgramRun& run : runs) result.push_back((run.*figure)());
  return result;
}

namespace {

/// What a run took for something, or more than another.
struct Cost {
  double frame_ms, core_ms;
};

/// Beside other work, what takes more of the cores takes time only where none of them is idle.
bool uses_all(const ProgramRun& run, double cores) {
  constexpr double all_of_them = 0.9;
  return run.core_ms() >= all_of_them * cores * run.frame_ms();
}

Cost more_beside_work(const std::string& role, const ProgramRun& here, const ProgramRun& before, double cores) {
  const double more = here.core_ms_of(role) - before.core_ms_of(role);
  return {uses_all(here, cores) ? more / cores : 0, more};
}

/// A synchronous loop waits for it, and alone it does nothing else.
Cost more_inference_waited_for(const ProgramRun& here, const ProgramRun& alone) {
  return {here.stages.wall(Stage::device).count() - alone.frame_ms(), here.inference_core_ms() - alone.core_ms()};
}

/// How long a frame waits in the sink because that was asked for.
double added_wait_ms(const ExplainedProgram& program) {
  Milliseconds sum(0);
  for (const AddedWork& work : program.added)
    if (!work.busy && work.stage == Stage::sink) sum += work.time;
  return sum.count();
}

bool has(const Subject& subject, const std::string& role) {
  return std::ranges::any_of(subject.runs, [&](const ProgramRun& run) { return run.threads.contains(role); });
}

/// A cost for each round that both had.
template <typename CostOf>
ApartRounds apart(const Subject& level, const Subject& other, ApartRounds rounds, CostOf cost_of) {
  for (std::size_t round = 0; round < level.runs.size(); ++round) {
    const Cost cost = cost_of(level.runs[round], other.runs[round], round);
    rounds.frame_ms.push_back(cost.frame_ms);
    rounds.core_ms.push_back(cost.core_ms);
  }
  return rounds;
}

}  // namespace

LevelRounds rounds_of(const Subject& level, const std::string& text) {
  LevelRounds rounds{level.name, text, level.figures(&ProgramRun::frame_ms), level.figures(&ProgramRun::core_ms)};
  rounds.paced = level.program.rate > 0 && level.depth >= Depth::pace;
  return rounds;
}

std::optional<ApartRounds> slower_inference(const Subject& level, const Subject& alone, double cores) {
  if (level.runs.front().threads.empty()) return std::nullopt;
  return apart(level, alone,
               {"slower inference",
                "inference takes longer than alone: its threads pause and wake, cores and caches are shared"},
               [&](const ProgramRun& here, const ProgramRun& before, std::size_t) {
                 return level.program.way.name == "sync" ? more_inference_waited_for(here, before)
                                                         : more_beside_work("OpenVINO", here, before, cores);
               });
}

std::optional<ApartRounds> decoder_threads(const Subject& level, const Subject& decode, double cores) {
  if (!has(decode, "decoder")) return std::nullopt;
  return apart(level, decode,
               {"decoder threads",
                "the decoder's threads take longer than in the step decode, and frames wait for them; "
                "less than 0: they get ahead while others work"},
               [&](const ProgramRun& here, const ProgramRun& before, std::size_t) -> Cost {
                 const Cost more = more_beside_work("decoder", here, before, cores);
                 if (level.program.way.name != "sync") return more;
                 return {here.decode_wait_ms() - before.decode_wait_ms(), more.core_ms};
               });
}

std::optional<ApartRounds> encoding(const Subject& level, const Subject& before, const CostRounds& growth) {
  if (!level.program.writes_video() || level.program.newest_only || level.runs.front().threads.empty())
    return std::nullopt;
  const double asked = added_wait_ms(level.program);
  return apart(level, before, {"encoding", "pictures are converted, encoded and written, and frames wait for that"},
               [&](const ProgramRun& here, const ProgramRun& without, std::size_t round) -> Cost {
                 const Milliseconds call = here.stages.cores(Stage::encode);
                 const Milliseconds others = here.stages.cores() - call - without.stages.cores();
                 const double used = call.count() + here.core_ms_of("encoder"), all = growth.core_ms[round];
                 const double later = growth.frame_ms[round] - asked;
                 const double taken = level.program.way.name == "sync"
                                          ? later - others.count()
                                          : later * (all > 0 ? std::min(1.0, used / all) : 0);
                 return {std::max(0.0, taken), used};
               });
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
