#include <fmt/format.h>

#include <string>
#include <vector>

#include "compare_words.hpp"
#include "inflight/report/compare_report.hpp"
#include "markdown.hpp"

namespace inflight {
namespace {

using namespace report;

std::string interval_cell(const Interval& interval) {
  const auto between = range(interval, " to ");
  return number(interval.median) + (between.empty() ? "" : " (" + between + ")");
}

std::string results_table(const std::vector<WayRecord>& ways) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(ways.size());
  for (const auto& way : ways) {
    rows.push_back({way.name, interval_cell(way.fps), interval_cell(way.ratio_to_sync), number(way.latency_p50),
                    number(way.latency_p90), number(way.latency_p99), number(way.cores_used)});
  }
  return markdown_table({"way", "frames/s", "times sync", "p50 ms", "p90 ms", "p99 ms", "cores"}, rows);
}

}  // namespace

std::string render_markdown(const CompareRecord& record) {
  std::string text = fmt::format("### inflight compare: {}\n\n**{}**\n", markdown_text(headline(record)),
                                 record.valid ? "VALID" : "INVALID");
  for (const auto& reason : record.reasons) text += fmt::format("- {}\n", markdown_text(reason));
  if (!record.ways.empty()) text += "\nEach at its best:\n\n" + results_table(record.ways);
  if (!record.like_for_like.empty()) {
    text += fmt::format("\n{}:\n\n", markdown_text(like_for_like_title(record))) + results_table(record.like_for_like);
  }
  if (const auto ceiling = ceiling_sentence(record); !ceiling.empty()) text += "\n" + markdown_text(ceiling) + "\n";
  text += "\n" + markdown_text(outputs_sentence(record)) + " " + markdown_text(range_sentence(record)) + "\n";
  for (const auto& note : notes(record)) text += fmt::format("- {}\n", markdown_text(note));
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, fact] : facts(record)) {
    if (!fact.empty()) rows.push_back({name, fact});
  }
  return text + "\n<details><summary>What was measured, and on what</summary>\n\n" + markdown_table({"", ""}, rows) +
         "\n</details>\n";
}

}  // namespace inflight
