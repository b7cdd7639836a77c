// Renderings of an explanation. They format only; who prints or writes files is the caller's business.
#pragma once

#include <string>

#include "inflight/report/compare_report.hpp"
#include "inflight/report/explain_record.hpp"

namespace inflight {

/// Waterfall, limit, remedies, gain: for the terminal.
std::string render_terminal(const ExplainRecord& record, const TerminalStyle& style);

/// The record as JSON, schema in docs/explain.md.
std::string render_json(const ExplainRecord& record);

/// For a pull request.
std::string render_markdown(const ExplainRecord& record);

/// One page that needs no network: charts by Chart.js, which is in it, and every figure as text beside them.
/// `timeline`: markup of a figure, or empty.
std::string render_html(const ExplainRecord& record, const std::string& timeline);

}  // namespace inflight
