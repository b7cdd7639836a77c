// Whether two comparisons measured the same thing on the same machine.
#pragma once

#include <string>
#include <vector>

#include "inflight/report/compare_record.hpp"

namespace inflight {

/// What keeps their figures from being compared, a line each: "clip: other frames".
std::vector<std::string> differences(const CompareRecord& old_record, const CompareRecord& new_record,
                                     bool same_settings);

/// What does not, and the reader should know all the same.
std::vector<std::string> remarks(const CompareRecord& old_record, const CompareRecord& new_record);

}  // namespace inflight
