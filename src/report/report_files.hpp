// The scripts of reports, made into the program when it is built.
#pragma once

#include <span>

#include "inflight/base/embedded_file.hpp"

namespace inflight::report {

/// cmake/EmbedFiles.cmake writes it: "chart.js", "explain_charts.js".
std::span<const EmbeddedFile> report_files() noexcept;

}  // namespace inflight::report
