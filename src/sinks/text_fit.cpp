#include "text_fit.hpp"

#include <algorithm>

namespace inflight {

namespace {

constexpr std::string_view ellipsis = "\u2026";

bool begins_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Where the line ends that begins the text: before a space, or at the end of the text.
std::size_t line_end(const Canvas& canvas, std::string_view text, const TextStyle& style, double width) {
  std::size_t end = std::string_view::npos;
  for (std::size_t space = text.find(' '); space != std::string_view::npos; space = text.find(' ', space + 1)) {
    if (end != std::string_view::npos && canvas.text_width(text.substr(0, space), style) > width) break;
    end = space;
  }
  return end;
}

}  // namespace

std::string shortened(const Canvas& canvas, std::string_view text, const TextStyle& style, double width) {
  if (canvas.text_width(text, style) <= width) return std::string(text);
  std::size_t fits = 0, too_many = text.size();
  while (fits + 1 < too_many) {
    const std::size_t middle = (fits + too_many) / 2;
    const std::string tried = std::string(text.substr(0, middle)).append(ellipsis);
    (canvas.text_width(tried, style) <= width ? fits : too_many) = middle;
  }
  while (fits > 0 && !begins_character(text[fits])) --fits;
  return fits == 0 ? std::string() : std::string(text.substr(0, fits)).append(ellipsis);
}

std::vector<std::string> wrapped(const Canvas& canvas, std::string_view text, const TextStyle& style, double width,
                                 std::size_t most) {
  std::vector<std::string> lines;
  while (lines.size() + 1 < most && canvas.text_width(text, style) > width) {
    const std::size_t end = line_end(canvas, text, style, width);
    if (end == std::string_view::npos) break;
    lines.push_back(shortened(canvas, text.substr(0, end), style, width));
    text.remove_prefix(end + 1);
  }
  lines.push_back(shortened(canvas, text, style, width));
  return lines;
}

}  // namespace inflight
