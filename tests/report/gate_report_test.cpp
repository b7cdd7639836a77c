#include "inflight/report/gate_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

GateRecord example(GateOutcome outcome = GateOutcome::regressed) {
  GateRecord record;
  record.old_name = "old.json";
  record.new_name = "new.json";
  record.unit = "% of ceiling";
  record.most_samples = 1000;
  record.allow = 0.03;
  record.detect = 0.10;
  record.risk = 0.01 / 3;
  record.outcome = outcome;
  record.figures = {
      {"sync", 40, 40.2, 12, 14, {Decision::within, 0.005, -0.01, 0.02, 0}},
      {"two-requests", 70, 68, 12, 14, {Decision::undecided, -0.028, -0.06, 0.004, 240}},
      {"queue", 90, 81, 12, 14, {Decision::regressed, -0.1, -0.12, -0.08, 0}},
  };
  record.notes = {"OpenVINO is 2026.3 in old and 2026.4 in new"};
  return record;
}

TEST(GateReport, SaysFirstWhatBecameSlower) {
  const auto text = render_terminal(example(), {120, false, false});
  EXPECT_THAT(text,
              testing::StartsWith("REGRESSION: queue changed by -10.0 % (-12.0 to -8.0), and 3 % slower is allowed\n"));
  EXPECT_THAT(text, testing::ContainsRegex("sync +40.0 +40.2 +\\+0.5 % \\(-1.0 to \\+2.0\\) +12 / 14 +within 3 %"));
  EXPECT_THAT(text, HasSubstr("-2.8 % (-6.0 to +0.4)"));
  EXPECT_THAT(text, HasSubstr("undecided: needs 240 rounds"));
  EXPECT_THAT(text, HasSubstr("Note: OpenVINO is 2026.3 in old"));
}

TEST(GateReport, NamesWhatRegressedAlsoWhereSomethingUndecidedLooksWorse) {
  auto record = example();
  record.figures[1].judgement = {Decision::undecided, -0.2, -0.6, 0.4, 240};
  EXPECT_THAT(render_terminal(record, {}), testing::StartsWith("REGRESSION: queue changed by -10.0 %"));
}

TEST(GateReport, SaysHowManyRoundsWouldTell) {
  auto record = example(GateOutcome::undecided);
  record.figures.pop_back();
  EXPECT_THAT(render_terminal(record, {}),
              testing::StartsWith("UNDECIDED (two-requests): it would take about 240 rounds\n"));
  for (const double beyond_asking : {1001.0, 18'632.0, std::numeric_limits<double>::infinity()}) {
    record.figures[1].judgement.rounds_needed = beyond_asking;
    const auto text = render_terminal(record, {120, false, false});
    EXPECT_THAT(text, testing::StartsWith("UNDECIDED (two-requests): this machine cannot show it with 3 % allowed, as "
                                          "it would take more than 1000 rounds; measure\non a quieter machine"));
    EXPECT_THAT(text, HasSubstr("undecided: needs more than 1000 rounds"));
  }
  record.figures.clear();
  EXPECT_THAT(render_terminal(record, {}), testing::StartsWith("UNDECIDED: too few rounds were measured\n"));
}

TEST(GateReport, CountsPairsWhereRunsWereMadeInPairs) {
  auto record = example(GateOutcome::undecided);
  record.samples = "pairs";
  record.figures = {{"queue", 119, 112, 3, 3, {Decision::undecided, -0.059, -0.2, 0.1, 40}}};
  for (const auto& text :
       {render_terminal(record, {120, false, false}), render_markdown(record), render_junit(record)}) {
    EXPECT_THAT(text, HasSubstr("needs 40 pairs"));
    EXPECT_THAT(text, Not(HasSubstr("rounds")));
    EXPECT_THAT(text, Not(HasSubstr("3 / 3")));
  }
  EXPECT_THAT(render_terminal(record, {}), testing::StartsWith("UNDECIDED (queue): it would take about 40 pairs\n"));
  EXPECT_THAT(render_markdown(record), HasSubstr("| change | pairs |  |\n"));
}

TEST(GateReport, NamesWhatIsNotComparable) {
  GateRecord record;
  record.outcome = GateOutcome::not_comparable;
  record.differences = {"machine, cores: 2 in old, 4 in new", "clip: another file"};
  EXPECT_THAT(render_terminal(record, {}),
              testing::StartsWith("NOT COMPARABLE: machine, cores: 2 in old, 4 in new; clip: another file\n"));
  EXPECT_THAT(render_junit(record), HasSubstr("<error message=\"NOT COMPARABLE: machine, cores"));
  EXPECT_THAT(render_junit(record), HasSubstr("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""));
}

TEST(GateReport, JunitHasATestCaseForEachFigure) {
  const auto xml = render_junit(example());
  EXPECT_THAT(xml,
              HasSubstr("<testsuite name=\"inflight gate\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"inflight.gate\" name=\"queue\"><failure message=\"-10.0 % (-12.0 "
                             "to -8.0): regressed"));
  EXPECT_THAT(xml, HasSubstr("name=\"two-requests\"><skipped message=\""));
  EXPECT_THAT(xml, HasSubstr("name=\"sync\"><system-out>+0.5 % (-1.0 to +2.0): within 3 %"));
}

TEST(GateReport, JunitHasATestCaseAlsoWhenNothingWasDecided) {
  GateRecord record;
  record.samples = "pairs";
  const auto too_little = render_junit(record);
  EXPECT_THAT(too_little, HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(too_little, HasSubstr("<skipped message=\"UNDECIDED: too few pairs were measured\""));
  record.interrupted = true;
  EXPECT_THAT(render_junit(record), HasSubstr("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""));
  EXPECT_THAT(render_junit(record), HasSubstr("<error message=\"INTERRUPTED: "));
  EXPECT_THAT(render_terminal(record, {}), testing::StartsWith("INTERRUPTED: "));
  auto with_figures = example(GateOutcome::undecided);
  with_figures.interrupted = true;
  EXPECT_THAT(render_junit(with_figures), HasSubstr("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""));
}

TEST(GateReport, MarkdownHasVerdictAndTable) {
  const auto text = render_markdown(example());
  EXPECT_THAT(text, testing::StartsWith("### inflight gate: REGRESSION: queue changed by -10.0 %"));
  EXPECT_THAT(text, HasSubstr("| figure | old, % of ceiling | new, % of ceiling | change | rounds |  |\n"));
  EXPECT_THAT(text, HasSubstr("| queue | 90.0 | 81.0 | -10.0 % (-12.0 to -8.0) | 12 / 14 | regressed |\n"));
}

TEST(GateReport, TextOfTheRecordIsNoMarkup) {
  auto record = example();
  const std::string bad = "</testcase><script>|`\"'&\x1b[31m";
  record.old_name = record.figures[2].name = bad;
  record.notes = {bad};
  for (const auto& text : {render_junit(record), render_markdown(record), render_terminal(record, {})}) {
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  }
  EXPECT_THAT(render_junit(record), Not(HasSubstr("<script")));
  EXPECT_THAT(render_markdown(record), Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace inflight
