// Work that is added to a stage, as the command line says it.
#pragma once

#include <string>

#include "inflight/pipeline/pipeline.hpp"

namespace inflight::cli {

/// "decode=2" or "sink=60:wait": milliseconds per frame. Throws: UsageError for anything else.
AddedWork parse_added_work(const std::string& text);

}  // namespace inflight::cli
