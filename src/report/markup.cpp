#include "markup.hpp"

#include <fmt/format.h>

#include "unicode.hpp"

namespace inflight::report {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : utf8(clean(text))) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string element(std::string_view tag, std::string_view attributes, std::string_view content) {
  return fmt::format("<{0}{1}{2}>{3}</{0}>\n", tag, attributes.empty() ? "" : " ", attributes, content);
}

std::string text_element(std::string_view tag, std::string_view attributes, std::string_view text) {
  return element(tag, attributes, escaped(text));
}

}  // namespace inflight::report
