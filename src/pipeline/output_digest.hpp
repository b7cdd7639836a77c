// The output tensors of one inference in eight bytes, and whether they are numbers at all.
#pragma once

#include <cstddef>
#include <cstdint>

#include "inflight/infer/tensors.hpp"

namespace inflight {

/// Equal when all bytes of the first `count` outputs are.
std::uint64_t digest_of(const Outputs& outputs, std::size_t count);

/// Whether any of them holds a floating point value that is not a number. Infinity is one: some models mean it.
bool holds_nan(const Outputs& outputs, std::size_t count);

}  // namespace inflight
