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

/// The most promising first; empty where no setting of the program can help. `requests` and `optimal_requests` are
/// those of the device as the program has it now.
std::vector<Remedy> remedies_for(const LimitRecord& limit, const ExplainedProgram& program,
                                 const CoreAllowance& allowance, std::size_t requests, std::size_t optimal_requests);

}  // namespace inflight
