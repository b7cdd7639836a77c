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

}  // namespace

std::string render_junit(const GateRecord& record) {
  std::string cases;
  if (!record.differences.empty()) cases += test_case("comparable", message("error", gate_headline(record)));
  for (const auto& figure : record.figures) cases += case_of(record, figure);
  const auto count = [&](Decision decision) {
    return std::ranges::count(record.figures, decision, [](const GateFigure& one) { return one.judgement.decision; });
  };
  const auto errors = record.differences.empty() ? 0 : 1;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         element("testsuite",
                 fmt::format(R"(name="inflight gate" tests="{}" failures="{}" errors="{}" skipped="{}")",
                             record.figures.size() + static_cast<std::size_t>(errors), count(Decision::regressed),
                             errors, count(Decision::undecided)),
                 cases);
}

}  // namespace inflight
