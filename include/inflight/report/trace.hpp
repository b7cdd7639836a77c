// Whole runs as a trace for Perfetto (ui.perfetto.dev) or chrome://tracing.
#pragma once

#include <span>
#include <string>

#include "inflight/report/timeline_way.hpp"

namespace inflight {

/// Writes a trace in Chrome's JSON format: a process per way, all of them beginning at 0; a thread per lane of the
/// timeline; a flow per frame from its decoding to its delivery. Written frame by frame: a run of any length takes
/// memory for its stamps and estimates only. "-" is no name for standard output here; /dev/stdout is.
/// Throws: Error when it cannot be written; no file then. Blocks: on the disk.
void write_trace(const std::string& path, std::span<const TimelineWay> ways);

}  // namespace inflight
