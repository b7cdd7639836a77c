// Whether two comparisons measured the same thing on the same machine.
#pragma once

#include <string>
#include <vector>

#include "inflight/report/compare_record.hpp"

namespace inflight {

/// What keeps their figures from being compared, a line each: "clip: other frames".
std::vector<std::string> differences(const CompareRecord& old_record, const CompareRecord& new_record,
                                     bool same_settings);

/// What two programs may differ in, and the reader should know.
std::vector<std::string> software_remarks(const CompareRecord& old_record, const CompareRecord& new_record);

/// The same, and what speaks against either record.
std::vector<std::string> remarks(const CompareRecord& old_record, const CompareRecord& new_record);

}  // namespace inflight
