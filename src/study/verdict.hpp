// Whether the figures of a comparison may be relied on.
#pragma once

#include <vector>

#include "agreement.hpp"
#include "inflight/report/compare_record.hpp"

namespace inflight {

/// Fills in `valid` and `reasons` from all else that the record holds.
void judge(const std::vector<WayFindings>& findings, CompareRecord& record);

}  // namespace inflight
