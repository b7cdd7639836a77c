#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "example_record.hpp"
#include "inflight/report/compare_report.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MarkdownReport, HasVerdictBothTablesAndCeiling) {
  auto record = example_record();
  const auto text = render_markdown(record);
  EXPECT_THAT(text, testing::StartsWith(
                        "### inflight compare: queue: 733 frames/s, 2.09 times sync (2.02 to 2.11)\n\n**VALID**\n"));
  EXPECT_THAT(text, HasSubstr("| way | frames/s | times sync | p50 ms | p90 ms | p99 ms | cores |\n"
                              "| :-- | --: | --: | --: | --: | --: | --: |\n"
                              "| sync | 352 (341 to 357) | 1.00 | 2.81 | 3.02 | 4.11 | 1.31 |\n"));
  EXPECT_THAT(text, HasSubstr("Like for like: all compiled as the queue is (hint THROUGHPUT, streams 2):\n"));
  EXPECT_THAT(text, HasSubstr("| sync | 210 (205 to 214) | 1.00 |"));
  EXPECT_THAT(text, HasSubstr("889 (868 to 900) inferences/s"));
  record.valid = false;
  record.reasons = {"too few rounds"};
  EXPECT_THAT(render_markdown(record), HasSubstr("**INVALID**\n- too few rounds\n"));
}

TEST(MarkdownReport, TextOfTheRecordIsNoMarkup) {
  for (const auto& record : {hostile_record(), unmeasured_record(), CompareRecord{}}) {
    const auto text = render_markdown(record);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("|")) continue;
      const auto cells = std::count(line.begin(), line.end(), '|') - 1;
      EXPECT_TRUE(cells == 7 || cells == 2) << line;
    }
  }
}

}  // namespace
}  // namespace inflight
