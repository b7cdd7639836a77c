// Tables of text that find room in so many columns.
#pragma once

#include <string>
#include <vector>

#include "text_page.hpp"

namespace inflight::report {

struct TextColumn {
  std::string title;
  std::string unit{};  ///< stands below the title
  bool right = false;  ///< aligned right, as numbers are
  int leaves = 0;      ///< where room is short columns leave in this order: 1 first; 0 stays
};

struct TextTable {
  std::vector<TextColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

/// A table as lines without line ends, as wide as its content; wider ones are cut off by who prints.
struct TableLines {
  std::vector<std::string> head, rows;
  std::vector<std::string> left_out;  ///< titles of the columns that found no room
};

TableLines lines_of(TextTable table, int width);

/// Puts a table on a page, its row that begins with `strong_row` in bold, and says which columns found no room.
void add_table(TextPage& page, const TextTable& table, const std::string& strong_row = {});

/// The text with blanks after or before it up to so many columns.
std::string padded(const std::string& text, int columns, bool right = false);

}  // namespace inflight::report
