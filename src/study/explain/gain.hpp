// What async can buy, told before anything ran asynchronously.
#pragma once

#include <string>

#include "limit.hpp"
#include "program_runs.hpp"

namespace inflight {

/// The most frames per second that a program can reach, and what it is bound by.
struct Prediction {
  double fps = 0;
  std::string bound;  ///< "cores", "reading thread", "delivering thread", "source"
};

/// From synchronous runs alone. `sync`: one loop by itself, whose stages tell how fast each thread could go if it
/// never waited for another. `loops`: one loop for each stream at once, whose stages tell what a frame costs when all
/// cores work. `threads_per_stream`: those that one inference uses in `loops`.
Prediction predict(const ExplainedProgram& program, const ProgramRun& sync, const ProgramRun& loops, double cores,
                   double threads_per_stream);

/// Whether async helps: it did, and that was to be expected or is certain.
bool helps(const GainRecord& gain);

/// The same in one sentence.
std::string verdict_of(const GainRecord& gain);

}  // namespace inflight
