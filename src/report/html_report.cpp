#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compare_words.hpp"
#include "inflight/report/compare_report.hpp"
#include "markup.hpp"
#include "page_parts.hpp"
#include "svg_bars.hpp"

namespace inflight {
namespace {

using namespace report;

std::string interval_cell(const Interval& interval) {
  const auto between = range(interval, " to ");
  auto content = escaped(number(interval.median));
  if (!between.empty()) content += text_element("span", R"(class="between")", " (" + between + ")");
  return element("td", "", content);
}

std::string results_table(const CompareRecord& record, const std::vector<WayRecord>& ways, std::string_view caption) {
  std::string rows;
  for (const auto& way : ways) {
    auto cells = interval_cell(way.fps) + interval_cell(way.ratio_to_sync);
    for (const double value : {way.latency_p50, way.latency_p90, way.latency_p99, way.cores_used}) {
      cells += cell(number(value));
    }
    rows += row(way.name, cells + cell(megabytes(way.peak_memory)));
  }
  const auto cores = record.machine.cores > 0 ? fmt::format("cores of {}", record.machine.cores) : "cores";
  return table("results", caption, {"way", "frames/s", "times sync", "p50 ms", "p90 ms", "p99 ms", cores, "peak MB"},
               rows);
}

std::string settings_table(const CompareRecord& record) {
  std::vector<std::string> titles{"way"};
  for (const auto& setting : settings) titles.push_back(setting.name);
  std::string rows;
  for (const auto& way : record.ways) {
    std::string cells;
    for (const auto& [name, value] : settings) {
      const auto& asked = way.asked.*value;
      const bool overruled = asked != "-" && !asked.empty() && !is_same_setting(asked, way.given.*value);
      cells += cell(asked_given(asked, way.given.*value, "→"), overruled ? R"(class="overruled")" : "");
    }
    rows += row(way.name, cells);
  }
  return table("settings", "Asked → given", titles, rows) +
         text_element("p", R"(class="small")", "One value where both are the same; - where nothing was asked.");
}

std::string bars(const CompareRecord& record) {
  const auto picture = svg_bars(record);
  if (picture.empty()) return {};
  return element("figure", "",
                 picture + text_element("figcaption", "",
                                        "Bar: median frames/s. Line with ends: the range that holds the true median. "
                                        "Dots: single rounds."));
}

std::string ways_list(const CompareRecord& record) {
  std::string content;
  for (const auto& way : record.ways) {
    if (!way.description.empty()) content += text_element("dt", "", way.name) + text_element("dd", "", way.description);
  }
  return content.empty() ? content : element("dl", "", content);
}

std::string verdict_of(const CompareRecord& record) {
  if (record.valid) return text_element("p", R"(class="valid")", "VALID");
  return text_element("p", R"(class="bad")", "INVALID") + (record.reasons.empty() ? "" : list(record.reasons));
}

/// One round is no line.
bool has_rounds(const CompareRecord& record) { return record.rounds.done > 1 && fastest(record.ways) != nullptr; }

std::string body(const CompareRecord& record) {
  const bool differ = !outputs_agree(record).value_or(true);
  const auto remarks = notes(record);
  std::string content =
      element("header", "",
              text_element("p", R"(class="kicker")", "inflight compare") + text_element("h1", "", headline(record)) +
                  verdict_of(record) +
                  text_element("p", differ ? R"(class="bad")" : R"(class="lead")", outputs_sentence(record)));
  if (!remarks.empty()) content += element("aside", R"(class="notes" aria-label="Notes")", list(remarks));
  std::string main = bars(record);
  if (!record.ways.empty()) {
    main += section("Each at its best", results_table(record, record.ways, "What each way reached over all rounds") +
                                            text_element("p", R"(class="small")", range_sentence(record)) +
                                            ways_list(record));
    main += section("Settings asked and given", settings_table(record));
  }
  if (!record.like_for_like.empty()) {
    const auto ceiling = ceiling_sentence(record);
    main += section("Like for like", results_table(record, record.like_for_like, like_for_like_title(record)) +
                                         (ceiling.empty() ? "" : text_element("p", "", ceiling)));
  }
  if (has_rounds(record)) {
    main += section("Round by round",
                    chart("rounds", 320, "frames/s of each way and of the ceiling, round by round") +
                        text_element("p", R"(class="small")",
                                     "What moves all lines together is the machine; ratios of the same round are free "
                                     "of it."));
  }
  main += section("How this was measured", list(method(record)));
  main += section("What was measured", facts_list(facts(record)));
  return content + element("main", "", main);
}

}  // namespace

std::string render_html(const CompareRecord& record) {
  return page(headline(record), body(record),
              has_rounds(record) ? chart_scripts(render_json(record), "compare_charts.js") : std::string());
}

}  // namespace inflight
