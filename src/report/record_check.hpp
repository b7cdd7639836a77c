// Whether a record is what a comparison would have written.
#pragma once

#include <string>

#include "inflight/report/compare_record.hpp"

namespace inflight::report {

/// Throws: Error that names the first figure that does not follow from the rounds.
void check_consistent(const CompareRecord& record, const std::string& name);

}  // namespace inflight::report
