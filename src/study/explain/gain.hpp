// What async can buy, told before anything ran asynchronously.
#pragma once

#include <string>
#include <vector>

#include "limit.hpp"
#include "program_runs.hpp"
#include "subject.hpp"

namespace inflight {

/// The most frames per second that a program can reach, and what it is bound by.
struct Prediction {
  double fps = 0;
  std::string bound;  ///< "cores", "device", "reading thread", "delivering thread", "source"
};

/// How the device divides itself for the queue.
struct DeviceStreams {
  double streams = 1, threads_per_stream = 1;
};

/// From synchronous runs alone. `sync`: one loop by itself, whose stages tell how fast each thread could go if it
/// never waited for another. `loops`: one loop for each stream at once, whose stages tell what a frame costs when all
/// cores work.
Prediction predict(const ExplainedProgram& program, const ProgramRun& sync, const ProgramRun& loops, double cores,
                   DeviceStreams device);

/// What async could give, from `predictions` (the slowest first; none: not told), and what it gave.
GainRecord gain_of(const Subject& sync, const Subject& stream, const Subject& queue,
                   const std::vector<Prediction>& predictions);

/// Whether async helps: it did, and that was to be expected or is certain.
bool helps(const GainRecord& gain);

/// The same in one sentence.
std::string verdict_of(const GainRecord& gain);

}  // namespace inflight
