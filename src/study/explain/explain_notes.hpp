// Filling the record of an explanation from what was measured.
#pragma once

#include <cstddef>
#include <vector>

#include "inflight/infer/compile.hpp"
#include "inflight/measure/host_load.hpp"
#include "inflight/report/explain_record.hpp"
#include "inflight/study/explain.hpp"
#include "limit.hpp"
#include "program_runs.hpp"
#include "remedy.hpp"

namespace inflight {

/// What was explained, on what, and what the machine is like.
void describe(const ExplainOptions& options, const ProgramRuns& runs, ExplainRecord& record);

/// Stages and threads of the observed runs.
void tell_stages(const ProgramRun& run, ExplainRecord& record);

/// Says so where a run was too short to tell how the program runs.
void doubt_short_runs(const std::vector<ProgramRun>& runs, ExplainRecord& record);

/// What the machine allows, with what others took of it and what was withheld during `use`.
CoreAllowance allowance_now(const HostUse& use);

RemedyRecord remedy_record(const Remedy& remedy, const std::vector<double>& before, const std::vector<double>& after,
                           const ProgramRun& with);

/// Says whether the figures hold up, and if not why.
void judge(const HostUse& use, ExplainRecord& record);

}  // namespace inflight
