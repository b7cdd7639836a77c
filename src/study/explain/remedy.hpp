// What may help against a limit.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inflight/report/explain_record.hpp"
#include "inflight/study/explained_program.hpp"
#include "limit.hpp"

namespace inflight {

/// A change of the program, to be tried.
struct Remedy {
  std::string change, flags;
  ExplainedProgram program;
};

/// How the program runs now, beyond what was asked for.
struct RunningWith {
  std::size_t requests = 1, optimal_requests = 1;  ///< of the device
  int decoder_threads = 1;
  int picture_width = 0;  ///< of what is drawn; 0: unknown
};

/// The most promising first; empty where no setting of the program can help.
std::vector<Remedy> remedies_for(const LimitRecord& limit, const ExplainedProgram& program,
                                 const CoreAllowance& allowance, const RunningWith& with);

}  // namespace inflight
