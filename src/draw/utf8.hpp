// Text that a drawing library may be given.
#pragma once

#include <string>
#include <string_view>

namespace inflight {

/// The text with "?" in the place of every byte that does not belong to a character. Cairo draws nothing more at all
/// after a string that is not UTF-8, and names of files and lists of labels may hold any bytes.
std::string valid_utf8(std::string_view text);

}  // namespace inflight
