#include "inflight/base/error.hpp"

#include <string_view>

namespace inflight {

std::string first_line(const std::string& text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string::npos) return {};
  const auto line = text.substr(begin, text.find('\n', begin) - begin);
  return line.substr(0, line.find_last_not_of(blanks) + 1);
}

}  // namespace inflight
