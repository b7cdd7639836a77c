// What the terminal can show.
#pragma once

#include "inflight/report/compare_report.hpp"

namespace inflight::cli {

/// For standard output: its width, colours only on a terminal and without NO_COLOR, blocks only in a UTF-8 locale.
TerminalStyle stdout_style();

}  // namespace inflight::cli
