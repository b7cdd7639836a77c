// Text and tables in GitHub's Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace inflight::report {

/// Cleaned text in which nothing means anything to Markdown or HTML.
std::string markdown_text(std::string_view text);

/// A table with its first column aligned left and the others right; cells are text.
std::string markdown_table(const std::vector<std::string>& titles, const std::vector<std::vector<std::string>>& rows);

}  // namespace inflight::report
