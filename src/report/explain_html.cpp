#include <string>

#include <fmt/format.h>

#include "explain_words.hpp"
#include "inflight/report/explain_report.hpp"
#include "page_parts.hpp"

namespace inflight {
namespace {

using namespace report;

/// A chart of bars; without scripts the table below it says the same.
std::string bars(const char* name, std::size_t count, const std::string& label) {
  return chart(name, 40 + 30 * static_cast<int>(count), label);
}

std::string waterfall_table(const ExplainRecord& record) {
  std::string rows;
  for (const WaterfallStep& step : record.waterfall) {
    const bool first = &step == record.waterfall.data();
    rows += row(
        step.name,
        cell(first ? milliseconds(step.ms_per_frame) : signed_milliseconds(step.ms_per_frame)) +
            cell(step.coverage > 0 ? fmt::format("{} to {}", milliseconds(step.low), milliseconds(step.high)) : "-") +
            cell(milliseconds(step.core_ms_per_frame)) + cell(milliseconds(step.total_ms_per_frame)) +
            cell(step.text, R"(class="words")"));
  }
  const auto rest = [](const std::string& name, const std::string& value, const std::string& text) {
    return row(name, cell(value) + cell("") + cell("") + cell("") + cell(text, R"(class="words")"));
  };
  rows += rest("remainder", signed_milliseconds(record.remainder_ms_per_frame), "observed, and in no step");
  rows += rest("observed", milliseconds(record.observed_ms_per_frame), "runs of the whole program alone");
  const double coverage = record.waterfall.empty() ? 0 : record.waterfall.front().coverage;
  return table("waterfall", "From the device's ceiling to the program",
               {"step", "ms per frame", coverage > 0 ? fmt::format("{:.0f} % interval", 100 * coverage) : "interval",
                "core ms", "up to here", ""},
               rows);
}

std::string limit_section(const ExplainRecord& record) {
  std::vector<std::string> tried;
  tried.reserve(record.remedies.size());
  for (const RemedyRecord& remedy : record.remedies) tried.push_back(remedy_sentence(remedy));
  if (tried.empty()) tried.push_back(no_remedy_sentence(record));
  return section("The limit, and what was tried", text_element("p", "", limit_sentence(record)) +
                                                      list(record.limit.evidence) + text_element("h3", "", "Tried") +
                                                      list(tried));
}

std::string gain_section(const ExplainRecord& record) {
  return section("What async buys here", text_element("p", "", record.gain.verdict + ".") +
                                             bars("gain", 4, prediction_sentence(record.gain)) +
                                             text_element("p", R"(class="small")", prediction_sentence(record.gain)));
}

std::string stages_section(const ExplainRecord& record) {
  std::string stages, threads;
  for (const StageRecord& stage : record.stages)
    stages += row(stage_words(stage.name),
                  cell(milliseconds(stage.wall_ms)) + cell(stage.core_ms > 0 ? milliseconds(stage.core_ms) : "-"));
  for (const ThreadsRecord& role : record.threads)
    threads += row(role.role, cell(std::to_string(role.threads)) + cell(fmt::format("{:.2f}", role.cores)) +
                                  cell(milliseconds(role.core_ms_per_frame)));
  return section(
      "Stages and threads of the observed runs",
      table("stages", "Mean milliseconds per frame; stages of several frames overlap", {"stage", "wall", "core"},
            stages) +
          text_element("p", R"(class="small")", device_split_sentence(record)) +
          table("threads", "Processor time by thread", {"threads", "number", "cores", "core ms per frame"}, threads));
}

std::string doctor_section(const ExplainRecord& record) {
  std::vector<Fact> findings;
  findings.reserve(record.doctor.size());
  for (const FindingRecord& finding : record.doctor)
    findings.push_back({(finding.matters ? "! " : "") + finding.name, finding.text});
  return section("The processors", facts_list(findings));
}

}  // namespace

std::string render_html(const ExplainRecord& record, const std::string& timeline) {
  std::string body =
      element("header", "",
              text_element("p", R"(class="kicker")", "inflight explain") + text_element("h1", "", headline(record)) +
                  text_element("p", record.valid ? R"(class="lead")" : R"(class="bad")", validity_sentence(record)));
  if (!record.notes.empty()) body += element("aside", R"(class="notes" aria-label="Notes")", list(record.notes));
  std::string main;
  if (!record.waterfall.empty()) {
    main += section("Where the time of a frame goes",
                    bars("waterfall", record.waterfall.size() + 2, headline(record)) + waterfall_table(record));
    main += limit_section(record) + gain_section(record);
  }
  if (!timeline.empty()) main += section("Who works, and who waits", timeline);
  if (!record.waterfall.empty()) main += stages_section(record);
  main += doctor_section(record);
  main += section("How this was measured", list(method(record)));
  main += section("What was measured", facts_list(facts(record)));
  return page(headline(record), body + element("main", "", main),
              record.waterfall.empty() ? std::string() : chart_scripts(render_json(record), "explain_charts.js"));
}

}  // namespace inflight
