#include "text_page.hpp"

#include <algorithm>
#include <utility>

#include "unicode.hpp"

namespace inflight::report {
namespace {

// ANSI "select graphic rendition"; the sixteen colours follow the theme of the terminal.
std::string_view escape_code(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::faint:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[1;31m";
  }
  return "";
}

// As much as fits before a blank; a word that is too long for a line of its own is broken.
std::u32string_view take_line(std::u32string_view& text, int columns) {
  auto line = beginning(text, columns);
  if (line.size() < text.size() && text[line.size()] != U' ') {
    const auto blank = line.rfind(U' ');
    if (blank != line.npos) line = line.substr(0, blank);
  }
  text.remove_prefix(std::min(text.size(), std::max<std::size_t>(line.size(), 1)));
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(U' ')));
  return line;
}

}  // namespace

TextPage::TextPage(const TerminalStyle& style)
    : width_(std::clamp(style.width, 60, 120)), color_(style.color), unicode_(style.unicode) {}

std::u32string TextPage::fit_for_terminal(std::string_view text) const {
  auto result = clean(text);
  if (!unicode_) std::ranges::replace_if(result, [](char32_t c) { return c > 0x7E; }, U'?');
  return result;
}

void TextPage::write(std::u32string_view label, std::u32string_view text, Tone tone) {
  const auto painted = [this](std::u32string_view part, Tone part_tone) {
    if (!color_ || part_tone == Tone::plain || part.empty()) return utf8(part);
    return std::string(escape_code(part_tone)) + utf8(part) + "\x1b[0m";
  };
  text_ += painted(label, Tone::faint) + painted(text, tone) + '\n';
}

void TextPage::line(std::string_view text, Tone tone) {
  auto fit = fit_for_terminal(text);
  if (columns_of(fit) > width_) {
    const std::u32string ellipsis = unicode_ ? U"…" : U"...";
    fit = std::u32string(beginning(fit, width_ - columns_of(ellipsis))) + ellipsis;
  }
  write({}, fit, tone);
}

void TextPage::paragraph(std::string_view text, Tone tone, std::string_view label) {
  const auto fit = fit_for_terminal(text);
  auto margin = fit_for_terminal(label);
  std::u32string_view rest = fit;
  do {
    write(margin, take_line(rest, width_ - columns_of(margin)), tone);
    margin.assign(margin.size(), U' ');
  } while (!rest.empty());
}

}  // namespace inflight::report
