// The runs that the waterfall is made of.
#pragma once

#include <string>
#include <vector>

#include "inflight/study/explained_program.hpp"
#include "program_runs.hpp"

namespace inflight {

/// One run of the waterfall: the program up to a depth.
struct Level {
  std::string name, text;  ///< of the step that leads here
  ExplainedProgram program;
  Depth depth = Depth::whole;
};

/// The same program, run another way.
ExplainedProgram with_way(ExplainedProgram program, const WayOptions& way);

/// From the device's ceiling to the whole program. For the queue each level puts one cost back; the slower ways first
/// lose parallel streams and the overlap of requests. `best`: settings of the ceiling.
std::vector<Level> levels_of(const ExplainedProgram& program, const WayOptions& best);

}  // namespace inflight
