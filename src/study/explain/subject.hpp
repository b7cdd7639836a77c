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

/// For the waterfall.
LevelRounds rounds_of(const Subject& level, const std::string& text);

/// By how much inference takes longer in `level` than in `alone`, runs of the same rounds without anything beside it;
/// empty where the system does not tell. `cores`: how many the program may use.
std::vector<ApartRounds> slower_inference(const Subject& level, const Subject& alone, double cores);

/// By how much threads of the decoder's own take longer in `level` than in `decode`, where nothing follows; less than 0
/// where they get ahead while others work. Empty where it has none, or the system does not tell.
std::vector<ApartRounds> decoder_threads(const Subject& level, const Subject& decode, double cores);

/// What an encoder takes on threads of its own in `level`, which writes a video, and how long frames wait for that:
/// a synchronous loop by how much longer than in `before`, the same without writing, it has no processor (but for waits
/// that `decoder_threads` tell, with `decoder_apart`); else of the time that writing adds the encoder's share of the
/// processor time that writing adds. Empty where it has none, or the system does not tell.
std::vector<ApartRounds> encoder_threads(const Subject& level, const Subject& before, bool decoder_apart);

/// All runs as one; of threads, the most that there were at a time.
ProgramRun sum_of(const std::vector<ProgramRun>& runs);

}  // namespace inflight
