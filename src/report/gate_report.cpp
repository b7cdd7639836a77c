#include "inflight/report/gate_report.hpp"

#include <fmt/format.h>

#include <vector>

#include "compare_words.hpp"
#include "gate_words.hpp"
#include "markdown.hpp"
#include "text_page.hpp"
#include "text_table.hpp"

namespace inflight {
namespace {

using namespace report;

/// One number where both sides have as many, as pairs always do.
std::string samples_text(const GateFigure& figure) {
  if (figure.old_samples == figure.new_samples) return std::to_string(figure.old_samples);
  return fmt::format("{} / {}", figure.old_samples, figure.new_samples);
}

std::vector<std::string> cells_of(const GateRecord& record, const GateFigure& figure) {
  return {figure.name,          number(figure.old_value),     number(figure.new_value), change_text(figure.judgement),
          samples_text(figure), decision_text(record, figure)};
}

Tone tone_of(GateOutcome outcome) {
  return outcome == GateOutcome::passed ? Tone::good : outcome == GateOutcome::undecided ? Tone::strong : Tone::bad;
}

}  // namespace

std::string render_terminal(const GateRecord& record, const TerminalStyle& style) {
  TextPage page(style);
  page.paragraph(gate_headline(record), tone_of(record.outcome));
  page.blank();
  page.paragraph(record.old_name, Tone::plain, "old  ");
  page.paragraph(record.new_name, Tone::plain, "new  ");
  page.blank();
  if (!record.figures.empty()) {
    TextTable table{{{"figure", "", false, 0},
                     {"old", record.unit, true, 0},
                     {"new", record.unit, true, 0},
                     {"change", "", false, 0},
                     {record.samples, "", true, 1},
                     {"", "", false, 0}},
                    {}};
    for (const auto& figure : record.figures) table.rows.push_back(cells_of(record, figure));
    const auto lines = lines_of(table, page.width());
    for (const auto& line : lines.head) page.line(line, Tone::faint);
    for (const auto& line : lines.rows) page.line(line);
    page.blank();
  }
  for (const auto& note : record.notes) page.paragraph(note, Tone::strong, "Note: ");
  if (!record.figures.empty()) page.paragraph(gate_method(record), Tone::faint);
  return std::move(page).text();
}

std::string render_markdown(const GateRecord& record) {
  std::string text = fmt::format("### inflight gate: {}\n\nold: {}, new: {}\n", markdown_text(gate_headline(record)),
                                 markdown_text(record.old_name), markdown_text(record.new_name));
  if (!record.figures.empty()) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(record.figures.size());
    for (const auto& figure : record.figures) rows.push_back(cells_of(record, figure));
    const auto with_unit = [&](const char* side) { return fmt::format("{}, {}", side, record.unit); };
    text += "\n" + markdown_table({"figure", with_unit("old"), with_unit("new"), "change", record.samples, ""}, rows);
    text += "\n" + markdown_text(gate_method(record)) + "\n";
  }
  if (!record.notes.empty()) text += '\n';
  for (const auto& note : record.notes) text += fmt::format("- {}\n", markdown_text(note));
  return text;
}

}  // namespace inflight
