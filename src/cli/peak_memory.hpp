// What one way needs in memory, measured in a process of its own.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace inflight::cli {

/// Runs this program again with `arguments` and reads the number that it prints. 0 when the child failed.
/// Blocks: until the child has ended; it is ended when stop is requested.
std::int64_t number_from_child(const std::vector<std::string>& arguments, const std::stop_token& stop);

}  // namespace inflight::cli
