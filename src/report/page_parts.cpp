#include "page_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "page_style.hpp"
#include "report_files.hpp"

namespace inflight::report {

// Pages are written as well-formed XML, so that any parser can check them.

std::string section(std::string_view title, const std::string& content) {
  return element("section", "", text_element("h2", "", title) + content);
}

std::string row(const std::string& heading, const std::string& cells) {
  return element("tr", "", text_element("th", R"(scope="row")", heading) + cells);
}

std::string cell(const std::string& text, std::string_view attributes) { return text_element("td", attributes, text); }

std::string table(std::string_view kind, std::string_view caption, const std::vector<std::string>& titles,
                  const std::string& rows) {
  std::string head;
  for (const auto& title : titles) head += text_element("th", R"(scope="col")", title);
  const auto content =
      text_element("caption", "", caption) + element("thead", "", element("tr", "", head)) + element("tbody", "", rows);
  return element("div", fmt::format(R"(class="scroll" role="region" tabindex="0" aria-label="{}")", escaped(caption)),
                 element("table", fmt::format(R"(class="{}")", kind), content));
}

std::string list(const std::vector<std::string>& items) {
  std::string content;
  for (const auto& item : items) content += text_element("li", "", item);
  return element("ul", "", content);
}

std::string facts_list(const std::vector<Fact>& facts) {
  std::string content;
  for (const auto& [name, text] : facts) {
    if (!text.empty()) content += text_element("dt", "", name) + text_element("dd", "", text);
  }
  return element("dl", "", content);
}

std::string chart(std::string_view name, int height, const std::string& label) {
  return element(
      "figure", "",
      element("div", fmt::format(R"(class="chart" style="height: {}px")", height),
              fmt::format(R"(<canvas data-chart="{}" role="img" aria-label="{}"></canvas>)", name, escaped(label))));
}

std::string chart_scripts(std::string json, std::string_view script) {
  // No text in it may end the script.
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;) json.replace(at, 1, "\\u003c");
  for (std::size_t at = 0; (at = json.find("]]>", at)) != std::string::npos;) json.replace(at, 3, "]]\\u003e");
  std::string code = "const record = " + json + ";\n";
  for (const std::string_view name : {std::string_view("chart.js"), std::string_view("report_charts.js"), script}) {
    const auto files = report_files();
    const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
    if (file != files.end()) code += std::string(file->bytes) + "\n";
  }
  return code;
}

std::string page(const std::string& title, const std::string& body, const std::string& scripts) {
  const std::string meta =
      "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
  const auto head = meta + text_element("title", "", title) + element("style", "", page_style);
  // What is JavaScript is no markup, for both kinds of parsers.
  const auto script = scripts.empty() ? "" : "<script>//<![CDATA[\n" + scripts + "\n//]]></script>\n";
  return "<!DOCTYPE html>\n" +
         element("html", R"(lang="en")", element("head", "", head) + element("body", "", body + script));
}

}  // namespace inflight::report
