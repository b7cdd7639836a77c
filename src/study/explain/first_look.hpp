// Whether figures about a clip and a model mean what they seem to.
#pragma once

#include <stop_token>

#include "inflight/report/explain_record.hpp"
#include "inflight/study/explained_program.hpp"
#include "program_runs.hpp"

namespace inflight {

/// Infers the clip's first frames once and tells what is odd: outputs that hold NaN are a reason to doubt, frames of
/// different sizes a note. Blocks: for some tens of inferences. Throws: what running the program throws.
void look_at_frames(ProgramRuns& runs, const ExplainedProgram& program, const std::stop_token& stop,
                    ExplainRecord& record);

}  // namespace inflight
