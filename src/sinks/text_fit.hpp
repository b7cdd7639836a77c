// Text that has to do with the room there is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inflight/draw/canvas.hpp"

namespace inflight {

/// As much of the text as fits into `width` pixels, with "…" at its end if that is not all.
std::string shortened(const Canvas& canvas, std::string_view text, const TextStyle& style, double width);

/// The text in at most `most` lines that fit into `width` pixels, broken between words; the last one is shortened.
std::vector<std::string> wrapped(const Canvas& canvas, std::string_view text, const TextStyle& style, double width,
                                 std::size_t most);

}  // namespace inflight
