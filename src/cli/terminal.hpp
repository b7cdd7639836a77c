// Standard output: what it can show, and printing on it.
#pragma once

#include <string>

#include "inflight/report/compare_report.hpp"

namespace inflight::cli {

/// For standard output: its width, colours only on a terminal and without NO_COLOR, blocks only in a UTF-8 locale.
TerminalStyle stdout_style();

/// Prints on standard output without leaving anything in its buffer. Throws: Error when it cannot be written.
void print_now(const std::string& text);

}  // namespace inflight::cli
