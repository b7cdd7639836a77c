#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "compare_words.hpp"
#include "inflight/report/compare_report.hpp"
#include "text_bar.hpp"
#include "text_page.hpp"
#include "text_table.hpp"
#include "unicode.hpp"

namespace inflight {
namespace {

using namespace report;

constexpr int name_columns = 20;

// Names of ways are short; whatever else comes must leave room for the numbers.
std::string short_name(const WayRecord& way) { return utf8(beginning(clean(way.name), name_columns)); }

// Medians one below the other, each with its range in brackets.
std::vector<std::string> interval_cells(const std::vector<WayRecord>& ways, Interval WayRecord::*interval) {
  std::size_t widest = 0;
  for (const auto& way : ways) widest = std::max(widest, number((way.*interval).median).size());
  std::vector<std::string> cells;
  for (const auto& way : ways) {
    const auto between = range(way.*interval, "-");
    cells.push_back(
        fmt::format("{:>{}}{}", number((way.*interval).median), widest, between.empty() ? "" : " (" + between + ")"));
  }
  return cells;
}

void add_results(TextPage& page, const CompareRecord& record, const std::vector<WayRecord>& ways) {
  TextTable table{{{"way", "", false, 0},
                   {"frames/s", "", false, 0},
                   {"times sync", "", false, 0},
                   {"p50", "ms", true, 0},
                   {"p90", "ms", true, 1},
                   {"p99", "ms", true, 4},
                   {"cores", record.machine.cores > 0 ? fmt::format("of {}", record.machine.cores) : "", true, 3},
                   {"peak", "MB", true, 2}},
                  {}};
  const auto fps = interval_cells(ways, &WayRecord::fps);
  const auto ratios = interval_cells(ways, &WayRecord::ratio_to_sync);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const auto& way = ways[i];
    table.rows.push_back({short_name(way), fps[i], ratios[i], number(way.latency_p50), number(way.latency_p90),
                          number(way.latency_p99), number(way.cores_used), megabytes(way.peak_memory)});
  }
  const auto* best = fastest(ways);
  add_table(page, table, best ? short_name(*best) : "");
}

void add_settings(TextPage& page, const CompareRecord& record) {
  const std::string arrow = page.unicode() ? "→" : "->";
  TextTable table{{{"asked " + arrow + " given"}}, {}};
  for (const auto& setting : settings) table.columns.push_back({setting.name});
  table.columns[6].leaves = 1;  // precision
  table.columns[1].leaves = 2;  // device
  table.columns[2].leaves = 3;  // hint
  for (const auto& way : record.ways) {
    auto& row = table.rows.emplace_back(1, short_name(way));
    for (const auto& [name, value] : settings) row.push_back(asked_given(way.asked.*value, way.given.*value, arrow));
  }
  add_table(page, table);
}

void add_bars(TextPage& page, const CompareRecord& record) {
  const auto* best = fastest(record.ways);
  if (!best) return;
  const auto numbers = interval_cells(record.ways, &WayRecord::fps);
  int label = 0, end = 0;
  for (const auto& way : record.ways) label = std::max(label, columns_of(clean(short_name(way))));
  for (const auto& text : numbers) end = std::max(end, columns_of(clean(text)));
  const int room = page.width() - label - end - 3;
  for (std::size_t i = 0; i < record.ways.size(); ++i) {
    const auto& way = record.ways[i];
    const double share = is_known(way.fps) ? way.fps.median / best->fps.median : 0;
    page.line(fmt::format("{}  {} {}", padded(short_name(way), label), bar(share * room, page.unicode()), numbers[i]),
              &way == best ? Tone::good : Tone::plain);
  }
}

}  // namespace

std::string render_terminal(const CompareRecord& record, const TerminalStyle& style) {
  TextPage page(style);
  page.paragraph(headline(record), Tone::strong);
  page.paragraph(verdict(record), record.valid ? Tone::good : Tone::bad);
  page.blank();
  for (const auto& [name, text] : facts(record)) {
    if (!text.empty()) page.paragraph(text, Tone::plain, fmt::format("{:10}", name));
  }
  page.blank();
  if (!record.ways.empty()) {
    if (!record.like_for_like.empty()) page.paragraph("Each at its best:", Tone::strong);
    add_results(page, record, record.ways);
    page.blank();
    add_bars(page, record);
    page.blank();
    add_settings(page, record);
    page.blank();
  }
  if (!record.like_for_like.empty()) {
    page.paragraph(like_for_like_title(record) + ":", Tone::strong);
    add_results(page, record, record.like_for_like);
    page.blank();
  }
  if (const auto ceiling = ceiling_sentence(record); !ceiling.empty()) page.paragraph(ceiling);
  page.paragraph(outputs_sentence(record), outputs_agree(record).value_or(true) ? Tone::plain : Tone::bad);
  for (const auto& note : notes(record)) page.paragraph(note, Tone::strong, "Note: ");
  page.paragraph(range_sentence(record), Tone::faint);
  page.paragraph(latency_sentence(), Tone::faint);
  return std::move(page).text();
}

}  // namespace inflight
