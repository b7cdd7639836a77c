#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace inflight::report {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Range {
  char32_t first, last;
};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](Range range) { return range.first <= c && c <= range.last; });
}

// C0, DEL and C1 controls; marks and overrides of direction; line separators; surrogates; what is no character.
constexpr std::array<Range, 8> unwanted{{{0x00, 0x1F},
                                         {0x7F, 0x9F},
                                         {0x200E, 0x200F},
                                         {0x2028, 0x202E},
                                         {0x2066, 0x2069},
                                         {0xD800, 0xDFFF},
                                         {0xFFFE, 0xFFFF},
                                         {0x110000, 0xFFFFFFFF}}};

// The main blocks of UAX #11 "East Asian Width" that are wide, and the emoji.
constexpr std::array<Range, 9> wide{{{0x1100, 0x115F},
                                     {0x2E80, 0x303E},
                                     {0x3041, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0x1F300, 0x1FAFF},
                                     {0x20000, 0x3FFFD}}};

// Takes one character off the front; one byte of what is not UTF-8 (overlong forms included).
char32_t take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 0x6 ? 2 : lead >> 4 == 0xE ? 3 : lead >> 3 == 0x1E ? 4 : 0;
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  char32_t character = length <= 1 ? lead : lead & (0x7Fu >> length);
  bool valid = length > 0 && length <= text.size();
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = byte(i) >> 6 == 0x2;
    character = character << 6 | (byte(i) & 0x3Fu);
  }
  valid = valid && character >= smallest[length];
  text.remove_prefix(valid ? length : 1);
  return valid ? character : replacement;
}

int width_of(char32_t c) { return is_in(wide, c) ? 2 : 1; }

}  // namespace

std::u32string clean(std::string_view text) {
  std::u32string result;
  while (!text.empty()) {
    const char32_t c = take_character(text);
    const bool blank = c == U'\n' || c == U'\r' || c == U'\t';
    result += blank ? U' ' : is_in(unwanted, c) ? replacement : c;
  }
  return result;
}

std::string utf8(std::u32string_view text) {
  constexpr std::array<char32_t, 4> leads{0, 0xC0, 0xE0, 0xF0};
  std::string result;
  for (const char32_t c : text) {
    const std::size_t tails = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    result += static_cast<char>(leads[tails] | c >> (6 * tails));
    for (std::size_t i = tails; i-- > 0;) result += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
  }
  return result;
}

int columns_of(std::u32string_view text) {
  int columns = 0;
  for (const char32_t c : text) columns += width_of(c);
  return columns;
}

std::u32string_view beginning(std::u32string_view text, int columns) {
  std::size_t length = 0;
  while (length < text.size() && (columns -= width_of(text[length])) >= 0) ++length;
  return text.substr(0, length);
}

}  // namespace inflight::report
