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

/// What encoding takes in `level`, in its call and on threads of the encoder's own. `growth`: what `level` takes more
/// than `before`, the same without its sink. In a synchronous loop it takes of this what no other stage was on a
/// processor for; else as large a share as it has of the processor time. None where the program writes no video, or on
/// a thread of the sink's own; or the system does not tell.
std::optional<ApartRounds> encoding(const Subject& level, const Subject& before, const CostRounds& growth);

/// All runs as one; of threads, the most that there were at a time.
ProgramRun sum_of(const std::vector<ProgramRun>& runs);

}  // namespace inflight
