// What all renderings of a gate say in the same words.
#pragma once

#include <string>

#include "inflight/report/gate_record.hpp"

namespace inflight::report {

/// "REGRESSION: queue changed by -5.2 % (-6.3 to -4.1), and 3 % slower is allowed".
std::string gate_headline(const GateRecord& record);
/// Of the speed, from old to new: "-5.2 % (-6.3 to -4.1)" is slower.
std::string change_text(const Judgement& judgement);
/// "regressed", "within 3 %", "undecided: needs 40 rounds".
std::string decision_text(const GateRecord& record, const GateFigure& figure);
/// How to read the intervals.
std::string gate_method(const GateRecord& record);

}  // namespace inflight::report
