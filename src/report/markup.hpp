// Elements of a page. Text becomes markup in one place only, `escaped`.
#pragma once

#include <string>
#include <string_view>

namespace inflight::report {

/// Cleaned text with the five characters that mean something in markup and in quoted attributes replaced.
std::string escaped(std::string_view text);

/// <tag attributes>content</tag>; `attributes` and `content` are markup already.
std::string element(std::string_view tag, std::string_view attributes, std::string_view content);
/// The same of text that is not markup yet.
std::string text_element(std::string_view tag, std::string_view attributes, std::string_view text);

}  // namespace inflight::report
