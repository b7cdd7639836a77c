#include <fmt/format.h>

#include <string>
#include <vector>

#include "explain_words.hpp"
#include "inflight/report/explain_report.hpp"
#include "markdown.hpp"

namespace inflight {

using namespace report;

std::string render_markdown(const ExplainRecord& record) {
  std::string text =
      fmt::format("### {}\n\n{}\n\n", markdown_text(headline(record)), markdown_text(validity_sentence(record)));
  const auto item = [&text](const std::string& words) { text += fmt::format("- {}\n", markdown_text(words)); };
  if (!record.waterfall.empty()) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(record.waterfall.size() + 2);
    for (const WaterfallStep& step : record.waterfall) {
      rows.push_back({step.name,
                      rows.empty() ? milliseconds(step.ms_per_frame) : signed_milliseconds(step.ms_per_frame),
                      milliseconds(step.core_ms_per_frame), milliseconds(step.total_ms_per_frame)});
    }
    rows.push_back({"remainder", signed_milliseconds(record.remainder_ms_per_frame), "", ""});
    rows.push_back({"observed", milliseconds(record.observed_ms_per_frame), "", ""});
    text += markdown_table({"step", "ms per frame", "core ms", "up to here"}, rows) + "\n";
    text += fmt::format("**{}**\n\n", markdown_text(limit_sentence(record)));
    for (const RemedyRecord& remedy : record.remedies) item(remedy_sentence(remedy));
    if (record.remedies.empty()) item(no_remedy_sentence(record));
    text += fmt::format("\n{}. {}\n\n", markdown_text(record.gain.verdict),
                        markdown_text(prediction_sentence(record.gain)));
  }
  for (const auto& [name, value] : facts(record)) {
    if (!value.empty()) item(name + ": " + value);
  }
  for (const std::string& note : record.notes) item("note: " + note);
  return text;
}

}  // namespace inflight
