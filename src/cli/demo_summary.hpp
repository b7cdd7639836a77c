// What a demonstration came to, for people and for programs.
#pragma once

#include <string>

#include "inflight/study/live_demo.hpp"

namespace inflight::cli {

std::string render_terminal(const LiveSummary& summary);
/// docs/demo.md describes it.
std::string render_json(const LiveSummary& summary);

}  // namespace inflight::cli
