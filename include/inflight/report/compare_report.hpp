// Renderings of a comparison. They format only; who prints or writes files is the caller's business.
#pragma once

#include <string>

#include "inflight/report/compare_record.hpp"

namespace inflight {

/// How a terminal wants its text.
struct TerminalStyle {
  int width = 100;      ///< columns; 60 is the least that is used
  bool color = false;   ///< ANSI colours
  bool unicode = true;  ///< block characters for the bars, else '#'
};

/// Table, bar chart, notes: for the terminal.
std::string render_terminal(const CompareRecord& record, const TerminalStyle& style);

/// The version of the JSON; docs/compare.md tells what changed.
inline constexpr int compare_schema = 2;

/// The record as JSON, schema in docs/compare.md.
std::string render_json(const CompareRecord& record);

/// One page that needs no network and no script: table, bar chart as SVG with intervals, settings asked and given,
/// how it was measured. Light and dark, phone width, readable by screen readers.
std::string render_html(const CompareRecord& record);

/// Verdict, both tables and the facts as GitHub's Markdown, for a pull request.
std::string render_markdown(const CompareRecord& record);

}  // namespace inflight
