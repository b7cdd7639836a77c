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
void tell_stages(const Run& run, ExplainRecord& record);

SettingsRecord given_settings(const DeviceSettings& device, std::size_t requests);

/// `throttled`: share of the time that a control group held the process up.
Allowance allowance_now(double throttled);

RemedyRecord remedy_record(const Remedy& remedy, const std::vector<double>& before, const std::vector<double>& after,
                           const Run& with);

/// Says whether the figures hold up, and if not why.
void judge(const HostUse& use, ExplainRecord& record);

}  // namespace inflight
