// What is run once in every round.
#pragma once

#include <optional>
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
/// none where the system does not tell. `cores`: how many the program may use.
std::optional<ApartRounds> slower_inference(const Subject& level, const Subject& alone, double cores);

/// By how much threads of the decoder's own take longer in `level` than in `decode`, or less; in a synchronous loop how
/// much longer that waits while it reads and decodes. None where there are none, or the system does not tell.
std::optional<ApartRounds> decoder_threads(const Subject& level, const Subject& decode, double cores);

/// What an encoder takes on threads of its own in `level`, which writes a video, and how long frames wait for that.
/// `growth`: what `level` takes more than `before`, the same without writing. In a synchronous loop the wait is what of
/// this passed without a processor; else it is as large a share of it as the encoder has of its processor time. None
/// where there are none, or the system does not tell.
std::optional<ApartRounds> encoder_threads(const Subject& level, const Subject& before, const CostRounds& growth);

/// All runs as one; of threads, the most that there were at a time.
ProgramRun sum_of(const std::vector<ProgramRun>& runs);

}  // namespace inflight
