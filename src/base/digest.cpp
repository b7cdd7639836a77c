#include "inflight/base/digest.hpp"

#include <algorithm>
#include <cstring>

namespace inflight {
namespace {

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the word reaches every bit of the state, so that
/// no change of one word undoes that of another.
std::uint64_t mix(std::uint64_t state, std::uint64_t word) noexcept {
  std::uint64_t mixed = (state ^ word) + 0x9E3779B97F4A7C15;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31);
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
