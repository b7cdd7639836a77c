#include <fmt/format.h>

#include <string>

#include "explain_words.hpp"
#include "inflight/report/explain_report.hpp"
#include "unicode.hpp"

namespace inflight {
namespace {

using namespace report;

/// Nothing in it may end a cell or a line, or become markup.
std::string plain(const std::string& text) {
  std::string result;
  for (const char c : utf8(clean(text))) {
    if (c == '|' || c == '<' || c == '*' || c == '_' || c == '`' || c == '[' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::string render_markdown(const ExplainRecord& record) {
  std::string text = fmt::format("### {}\n\n{}\n\n", plain(headline(record)), plain(validity_sentence(record)));
  if (!record.waterfall.empty()) {
    text += "| step | ms per frame | core ms | up to here |\n|---|---:|---:|---:|\n";
    for (const WaterfallStep& step : record.waterfall) {
      const bool first = &step == record.waterfall.data();
      text += fmt::format("| {} | {} | {} | {} |\n", plain(step.name),
                          first ? milliseconds(step.ms_per_frame) : signed_milliseconds(step.ms_per_frame),
                          milliseconds(step.core_ms_per_frame), milliseconds(step.total_ms_per_frame));
    }
    text += fmt::format("| remainder | {} | | |\n| **observed** | **{}** | | |\n\n",
                        signed_milliseconds(record.remainder_ms_per_frame), milliseconds(record.observed_ms_per_frame));
    text += fmt::format("**{}**\n\n", plain(limit_sentence(record)));
    for (const RemedyRecord& remedy : record.remedies) text += fmt::format("- {}\n", plain(remedy_sentence(remedy)));
    if (record.remedies.empty()) text += fmt::format("- {}\n", plain(no_remedy_sentence(record)));
    text += fmt::format("\n{}. {}\n\n", plain(record.gain.verdict), plain(prediction_sentence(record.gain)));
  }
  for (const auto& [name, value] : facts(record)) {
    if (!value.empty()) text += fmt::format("- {}: {}\n", name, plain(value));
  }
  for (const std::string& note : record.notes) text += fmt::format("- note: {}\n", plain(note));
  return text;
}

}  // namespace inflight
