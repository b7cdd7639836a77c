#include "text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "unicode.hpp"

namespace inflight::report {
namespace {

constexpr int gap = 2;

int columns_of_utf8(const std::string& text) { return columns_of(clean(text)); }

std::vector<int> widths_of(const TextTable& table) {
  std::vector<int> widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    int width = std::max(columns_of_utf8(table.columns[i].title), columns_of_utf8(table.columns[i].unit));
    for (const auto& row : table.rows) width = std::max(width, columns_of_utf8(row[i]));
    widths.push_back(width);
  }
  return widths;
}

// The column to give up next; past the end when the others must stay.
std::size_t next_to_leave(const TextTable& table) {
  std::size_t next = table.columns.size();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int leaves = table.columns[i].leaves;
    if (leaves > 0 && (next == table.columns.size() || leaves < table.columns[next].leaves)) next = i;
  }
  return next;
}

}  // namespace

std::string padded(const std::string& text, int columns, bool right) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, columns - columns_of_utf8(text))), ' ');
  return right ? blanks + text : text + blanks;
}

TableLines lines_of(TextTable table, int width) {
  TableLines lines;
  auto widths = widths_of(table);
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(), gap * (static_cast<int>(widths.size()) - 1));
  };
  while (total() > width) {
    const auto leaving = next_to_leave(table);
    if (leaving == table.columns.size()) break;
    const auto erase = [at = static_cast<std::ptrdiff_t>(leaving)](auto& from) { from.erase(from.begin() + at); };
    lines.left_out.push_back(table.columns[leaving].title);
    erase(table.columns);
    erase(widths);
    std::ranges::for_each(table.rows, erase);
  }

  const auto line = [&](auto cell_of) {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) text.append(gap, ' ');
      text += padded(cell_of(i), widths[i], table.columns[i].right);
    }
    return text.substr(0, text.find_last_not_of(' ') + 1);
  };
  lines.head.push_back(line([&](std::size_t i) { return table.columns[i].title; }));
  const bool has_units =
      std::ranges::any_of(table.columns, [](const TextColumn& column) { return !column.unit.empty(); });
  if (has_units) lines.head.push_back(line([&](std::size_t i) { return table.columns[i].unit; }));
  for (const auto& row : table.rows) lines.rows.push_back(line([&](std::size_t i) { return row[i]; }));
  return lines;
}

void add_table(TextPage& page, const TextTable& table, const std::string& strong_row) {
  const auto lines = lines_of(table, page.width());
  for (const auto& line : lines.head) page.line(line, Tone::faint);
  for (std::size_t i = 0; i < lines.rows.size(); ++i) {
    page.line(lines.rows[i], !strong_row.empty() && table.rows[i].front() == strong_row ? Tone::strong : Tone::plain);
  }
  if (lines.left_out.empty()) return;
  page.paragraph(fmt::format("(no room for: {})", fmt::join(lines.left_out, ", ")), Tone::faint);
}

}  // namespace inflight::report
