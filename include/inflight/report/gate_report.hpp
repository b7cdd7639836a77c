// Renderings of what a gate found. They format only.
#pragma once

#include <string>

#include "inflight/report/compare_report.hpp"
#include "inflight/report/gate_record.hpp"

namespace inflight {

/// Verdict, table and notes, for the terminal.
std::string render_terminal(const GateRecord& record, const TerminalStyle& style);

/// The same as GitHub's Markdown, for a pull request.
std::string render_markdown(const GateRecord& record);

/// A test case for each figure, as JUnit's XML: a failure when it regressed, skipped when undecided. One of the gate as
/// a whole is skipped when too little was measured, and an error when the two are not comparable or it was interrupted.
/// There is always a case, as a suite without any passes for a success.
std::string render_junit(const GateRecord& record);

}  // namespace inflight
