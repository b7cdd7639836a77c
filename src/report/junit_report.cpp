#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gate_words.hpp"
#include "inflight/report/gate_report.hpp"
#include "markup.hpp"

namespace inflight {
namespace {

using namespace report;

std::string test_case(const std::string& name, const std::string& content) {
  return element("testcase", fmt::format(R"(classname="inflight.gate" name="{}")", escaped(name)), content);
}

std::string message(std::string_view kind, const std::string& text) {
  return element(kind, fmt::format(R"(message="{}")", escaped(text)), "");
}

bool is_error(const GateRecord& record) {
  return record.interrupted || !record.failure.empty() || !record.differences.empty();
}

std::string case_of(const GateRecord& record, const GateFigure& figure) {
  const auto text = fmt::format("{}: {}", change_text(figure.judgement), decision_text(record, figure));
  switch (figure.judgement.decision) {
    case Decision::regressed:
      return test_case(figure.name, message("failure", text));
    case Decision::undecided:
      return test_case(figure.name, message("skipped", text));
    case Decision::within:
      break;
  }
  return test_case(figure.name, text_element("system-out", "", text));
}

/// Why the gate as a whole decided nothing, as a case of its own: to a build server, none at all is a success.
std::string case_of_all(const GateRecord& record) {
  const std::string text = gate_headline(record);
  if (is_error(record)) return test_case("gate", message("error", text));
  return record.figures.empty() ? test_case("gate", message("skipped", text)) : "";
}

}  // namespace

std::string render_junit(const GateRecord& record) {
  std::string cases = case_of_all(record);
  const bool extra = !cases.empty(), error = is_error(record);
  for (const auto& figure : record.figures) cases += case_of(record, figure);
  const auto count = [&](Decision decision) {
    return std::ranges::count(record.figures, decision, [](const GateFigure& one) { return one.judgement.decision; });
  };
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         element("testsuite",
                 fmt::format(R"(name="inflight gate" tests="{}" failures="{}" errors="{}" skipped="{}")",
                             record.figures.size() + (extra ? 1 : 0), count(Decision::regressed), error ? 1 : 0,
                             count(Decision::undecided) + (extra && !error ? 1 : 0)),
                 cases);
}

}  // namespace inflight
