#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "explain_words.hpp"
#include "inflight/report/explain_report.hpp"
#include "text_bar.hpp"
#include "text_page.hpp"
#include "text_table.hpp"
#include "unicode.hpp"

namespace inflight {
namespace {

using namespace report;

/// A bar per step that floats where the step lies between nothing and what was observed.
void add_waterfall(TextPage& page, const ExplainRecord& record) {
  struct Line {
    std::string name, added, cores;
    double from = 0, to = 0;
    Tone tone = Tone::plain;
  };
  std::vector<Line> lines;
  double before = 0, largest = record.observed_ms_per_frame;
  for (const WaterfallStep& step : record.waterfall) {
    lines.push_back({step.name,
                     lines.empty() ? milliseconds(step.ms_per_frame) : signed_milliseconds(step.ms_per_frame),
                     milliseconds(step.core_ms_per_frame), before, step.total_ms_per_frame, Tone::plain});
    before = step.total_ms_per_frame;
    largest = std::max(largest, before);
  }
  lines.push_back({"(remainder)", signed_milliseconds(record.remainder_ms_per_frame), "", before,
                   record.observed_ms_per_frame, Tone::faint});
  lines.push_back(
      {"observed", milliseconds(record.observed_ms_per_frame), "", 0, record.observed_ms_per_frame, Tone::strong});
  int names = 0;
  for (const Line& line : lines) names = std::max(names, columns_of(clean(line.name)));
  const int room = std::max(10, page.width() - names - 2 - 8 - 10 - 2);
  page.line(fmt::format("{} {} {}", padded("ms per frame", names), padded("step", 8, true), padded("core ms", 9, true)),
            Tone::faint);
  for (const Line& line : lines) {
    const auto column = [&](double value) { return value / largest * room; };
    const double from = std::min(line.from, line.to), to = std::max(line.from, line.to);
    page.line(fmt::format("{} {} {}  {}{}", padded(line.name, names), padded(line.added, 8, true),
                          padded(line.cores, 9, true),
                          std::string(static_cast<std::size_t>(std::lround(std::floor(column(from)))), ' '),
                          bar(column(to) - std::floor(column(from)), page.unicode())),
              line.tone);
  }
}

void add_stages(TextPage& page, const ExplainRecord& record) {
  TextTable table{{{"stage, ms per frame"}, {"wall", "", true}, {"core", "", true}}, {}};
  for (const StageRecord& stage : record.stages) {
    if (stage.wall_ms < 0.0005 && stage.core_ms < 0.0005) continue;
    table.rows.push_back(
        {stage_words(stage.name), milliseconds(stage.wall_ms), stage.core_ms > 0 ? milliseconds(stage.core_ms) : "-"});
  }
  add_table(page, table);
}

void add_threads(TextPage& page, const ExplainRecord& record) {
  TextTable table{{{"threads"}, {"number", "", true}, {"cores", "", true}, {"core ms per frame", "", true}}, {}};
  for (const ThreadsRecord& threads : record.threads) {
    if (threads.cores < 0.005) continue;
    table.rows.push_back({threads.role, std::to_string(threads.threads), fmt::format("{:.2f}", threads.cores),
                          milliseconds(threads.core_ms_per_frame)});
  }
  add_table(page, table);
}

}  // namespace

std::string render_terminal(const ExplainRecord& record, const TerminalStyle& style) {
  TextPage page(style);
  page.paragraph(headline(record), Tone::strong);
  page.paragraph(validity_sentence(record), record.valid ? Tone::good : Tone::bad);
  page.blank();
  for (const auto& [name, text] : facts(record)) {
    if (!text.empty()) page.paragraph(text, Tone::plain, fmt::format("{:10}", name));
  }
  page.blank();
  if (!record.waterfall.empty()) {
    add_waterfall(page, record);
    page.blank();
    page.paragraph(limit_sentence(record), Tone::strong);
    for (const std::string& evidence : record.limit.evidence) page.paragraph(evidence, Tone::faint, "  ");
    for (const RemedyRecord& remedy : record.remedies)
      page.paragraph(remedy_sentence(remedy), remedy.helped ? Tone::good : Tone::plain, "Tried: ");
    if (record.remedies.empty()) page.paragraph(no_remedy_sentence(record));
    page.blank();
    page.paragraph(record.gain.verdict, Tone::strong, "Async: ");
    page.paragraph(prediction_sentence(record.gain));
    page.blank();
    add_stages(page, record);
    if (const auto split = device_split_sentence(record); !split.empty()) page.paragraph(split, Tone::faint);
    page.blank();
    add_threads(page, record);
    page.blank();
  }
  for (const FindingRecord& finding : record.doctor) {
    if (finding.matters) page.paragraph(finding.text, Tone::strong, finding.name + ": ");
  }
  for (const std::string& note : record.notes) page.paragraph(note, Tone::strong, "Note: ");
  return std::move(page).text();
}

}  // namespace inflight
