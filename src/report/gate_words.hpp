// What all renderings of a gate say in the same words.
#pragma once

#include <string>

#include "inflight/report/gate_record.hpp"

namespace inflight::report {

/// "REGRESSION: queue is 5.2 % slower (4.1 to 6.3 %), more than the 3 % allowed".
std::string gate_headline(const GateRecord& record);
/// "5.2 % slower (4.1 to 6.3)" or "0.3 % faster (-0.5 to 1.1)".
std::string change_text(const Judgement& judgement);
/// "regressed", "within 3 %", "undecided: needs 40 rounds".
std::string decision_text(const GateRecord& record, const GateFigure& figure);
/// How to read the intervals.
std::string gate_method(const GateRecord& record);

}  // namespace inflight::report
