#include "markdown.hpp"

#include "unicode.hpp"

namespace inflight::report {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view special = R"(\`*_{}[]<>#|~!&@)";
  std::string result;
  for (const char c : utf8(clean(text))) {
    if (special.find(c) != std::string_view::npos) {
      // As character references: a backslash is no help within words, before "@" and where GitHub makes links.
      result += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      result += c;
    }
  }
  return result;
}

std::string markdown_table(const std::vector<std::string>& titles, const std::vector<std::vector<std::string>>& rows) {
  const auto line = [](const std::vector<std::string>& cells) {
    std::string text = "|";
    for (const auto& cell : cells) text += " " + markdown_text(cell) + " |";
    return text + "\n";
  };
  std::string text = line(titles) + "|";
  for (std::size_t i = 0; i < titles.size(); ++i) text += i == 0 ? " :-- |" : titles.size() > 2 ? " --: |" : " :-- |";
  text += '\n';
  for (const auto& row : rows) text += line(row);
  return text;
}

}  // namespace inflight::report
