// What bounds a run.
#pragma once

#include <algorithm>
#include <string>

#include "inflight/report/explain_record.hpp"
#include "inflight/study/explained_program.hpp"
#include "program_runs.hpp"

namespace inflight {

/// What the machine allowed a run to use.
struct CoreAllowance {
  int cores = 1;  ///< by affinity
  int machine_cores = 1;
  double quota = 0;      ///< processors that a control group allows; 0: no limit
  double throttled = 0;  ///< share of the processors' time in the run that a control group withheld
  double others = 0;     ///< of `cores`, what other processes and other machines used meanwhile

  /// Of affinity and quota the smaller.
  double allowed() const { return quota > 0 ? std::min<double>(cores, quota) : cores; }
};

/// The threads' cores of a run, by role.
double cores_of(const ProgramRun& run, const std::string& role);

/// Names what bounds `run`. `requests` are those that it kept, `optimal_requests` what the device asks for.
/// Looks at who is busy and who waits: whoever is always busy, while the others wait for it, is the limit.
LimitRecord limit_of(const ExplainedProgram& program, const ProgramRun& run, const CoreAllowance& allowance,
                     std::size_t requests, std::size_t optimal_requests);

}  // namespace inflight
