#include "inflight/base/digest.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace inflight {
namespace {

std::uint64_t mix(std::uint64_t state, std::uint64_t word) noexcept {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
  return std::rotl((state ^ word) * odd, 29);
}

}  // namespace

std::uint64_t digest(std::span<const std::byte> bytes, std::uint64_t seed) noexcept {
  std::uint64_t state = mix(seed, bytes.size());
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t length = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), length);
    state = mix(state, word);
    bytes = bytes.subspan(length);
  }
  return state;
}

}  // namespace inflight
