// Numbers of things in messages.
#pragma once

#include <cstdint>
#include <string>

namespace inflight {

/// "1 round", "7 rounds".
inline std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace inflight
