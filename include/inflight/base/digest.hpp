// Whether two blocks of memory are the same, in eight bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace inflight {

/// Mixes length and content of `bytes` into `seed`. Equal bytes give equal digests; different ones give different
/// digests but for accidents of 2^-64. Not for adversaries. Words of 8 bytes through SplitMix64's finalizer.
std::uint64_t digest(std::span<const std::byte> bytes, std::uint64_t seed) noexcept;

}  // namespace inflight
