// Bars for a terminal.
#pragma once

#include <string>

namespace inflight::report {

/// A bar of that many columns; in Unicode to an eighth of one.
std::string bar(double columns, bool unicode);

}  // namespace inflight::report
