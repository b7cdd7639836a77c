// Parts of a report's page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare_words.hpp"
#include "markup.hpp"

namespace inflight::report {

/// A section with its title.
std::string section(std::string_view title, const std::string& content);
/// A row of a table: its heading, and cells that are markup.
std::string row(const std::string& heading, const std::string& cells);
std::string cell(const std::string& text, std::string_view attributes = {});
/// A table that scrolls by itself where the page is narrower, by keyboard too.
std::string table(std::string_view kind, std::string_view caption, const std::vector<std::string>& titles,
                  const std::string& rows);
std::string list(const std::vector<std::string>& items);
std::string facts_list(const std::vector<Fact>& facts);
/// A chart's place, so many pixels high; `label` says the same in words.
std::string chart(std::string_view name, int height, const std::string& label);
/// What draws the charts: Chart.js, and the script of this name with the record that it draws.
std::string chart_scripts(std::string json, std::string_view script);
/// The whole page. `body` is markup; `scripts` is JavaScript, run when the page is read.
std::string page(const std::string& title, const std::string& body, const std::string& scripts = {});

}  // namespace inflight::report
