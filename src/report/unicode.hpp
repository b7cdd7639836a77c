// Text that comes from file names and libraries, made fit for people to read.
#pragma once

#include <string>
#include <string_view>

namespace inflight::report {

/// Decodes UTF-8. Bytes that are none become U+FFFD; so do characters that would steer a terminal, turn the direction
/// of the text around or are not allowed in markup. Line breaks and tabs become blanks.
std::u32string clean(std::string_view text);

std::string utf8(std::u32string_view text);

/// Columns that a terminal needs for it: two for East Asian wide characters and emoji.
int columns_of(std::u32string_view text);

/// The longest beginning that fits into so many columns.
std::u32string_view beginning(std::u32string_view text, int columns);

}  // namespace inflight::report
