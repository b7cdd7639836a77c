#include "inflight/report/explain_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "example_explanation.hpp"
#include "well_formed.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ExplainReport, JsonHasWhatOthersRely) {
  const auto json = nlohmann::json::parse(render_json(example_explanation()));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["command"], "explain");
  ASSERT_EQ(json["waterfall"].size(), 2U);
  EXPECT_EQ(json["waterfall"][0]["name"], "ceiling");
  double sum = json["remainder_ms_per_frame"].get<double>();
  for (const auto& step : json["waterfall"]) sum += step["ms_per_frame"].get<double>();
  EXPECT_NEAR(sum, json["observed_ms_per_frame"].get<double>(), 1e-9);
  EXPECT_EQ(json["limit"]["stage"], "device compute");
  EXPECT_EQ(json["remedy"]["flags"], "--requests 8");
  EXPECT_EQ(json["remedy"]["helped"], false);
  EXPECT_EQ(json["valid"], true);
  EXPECT_TRUE(json["reasons"].empty());
  EXPECT_DOUBLE_EQ(json["gain"]["predicted"]["times_sync"], 1.68);
  EXPECT_DOUBLE_EQ(json["device_estimated"]["executing_ms"], 4);
}

TEST(ExplainReport, TheRemedyOfTheJsonIsTheOneThatHelped) {
  ExplainRecord record = example_explanation();
  record.remedies.insert(record.remedies.begin(), {.change = "first", .flags = "--first", .helped = true});
  EXPECT_EQ(nlohmann::json::parse(render_json(record))["remedy"]["flags"], "--first");
  record.remedies = {{.change = "first", .flags = "--first", .note = "no such property"}};
  EXPECT_THAT(render_terminal(record, {}), HasSubstr("first [--first]: could not be tried: no such property"));
  record.remedies.clear();
  EXPECT_TRUE(nlohmann::json::parse(render_json(record))["remedy"].is_null());
}

TEST(ExplainReport, WhatWasNotMeasuredIsNoNumber) {
  const auto json = nlohmann::json::parse(render_json(ExplainRecord{}));
  EXPECT_TRUE(json["observed_ms_per_frame"].is_null());
  EXPECT_TRUE(json["gain"]["predicted"]["times_sync"].is_null());
  EXPECT_THAT(render_terminal(ExplainRecord{}, {}), HasSubstr("Nothing was measured"));
  ExplainRecord broken = example_explanation();
  broken.waterfall[1].ms_per_frame = NAN;
  EXPECT_TRUE(nlohmann::json::parse(render_json(broken))["waterfall"][1]["ms_per_frame"].is_null());
}

TEST(ExplainReport, TerminalTellsStepsLimitRemedyAndGain) {
  const std::string text = render_terminal(example_explanation(), {.width = 140, .color = false, .unicode = true});
  for (const auto* part :
       {"queue: 2.50 ms per frame (400 frames/s), bound by device compute", "ceiling", "+0.45", "(remainder)",
        "Limit: device compute.", "Tried: 8 requests instead of 4 [--requests 8]", "it does not help",
        "Async: async gives 1.60 times sync here", "wait for a request", "encoding", "VALID: nothing speaks against"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

// The bar of a step begins where the one above it ends.
TEST(ExplainReport, BarsFloatWhereTheStepsLie) {
  const std::string text = render_terminal(example_explanation(), {.width = 100, .color = false, .unicode = false});
  const auto line_of = [&](const std::string& name) {
    const auto at = text.find("\n" + name) + 1;
    return text.substr(at, text.find('\n', at) - at);
  };
  const std::string ceiling = line_of("ceiling"), decode = line_of("decode "), observed = line_of("observed");
  EXPECT_NEAR(static_cast<double>(decode.find('#')), static_cast<double>(ceiling.rfind('#')), 1.5);
  EXPECT_GT(observed.rfind('#'), decode.rfind('#') - 1);
}

TEST(ExplainReport, AnInvalidOneSaysWhyEverywhere) {
  ExplainRecord record = example_explanation();
  record.valid = false;
  record.reasons = {"other processes used 0.90 cores meanwhile: end them, or measure again"};
  const char* why = "INVALID: other processes used 0.90 cores meanwhile";
  EXPECT_THAT(render_terminal(record, {}), HasSubstr(why));
  EXPECT_THAT(render_markdown(record), HasSubstr(why));
  EXPECT_THAT(render_html(record, ""), HasSubstr(why));
  EXPECT_EQ(nlohmann::json::parse(render_json(record))["valid"], false);
}

TEST(ExplainReport, PageIsWellFormedWhateverTheNames) {
  ExplainRecord record = example_explanation();
  EXPECT_TRUE(is_well_formed(render_html(record, "<figure>timeline</figure>")));
  EXPECT_TRUE(is_well_formed(render_html(ExplainRecord{}, "")));
  const std::string bad = "</script><b>]]>'\"&";
  for (auto* text :
       {&record.clip_path, &record.model, &record.program, &record.limit.text, &record.remedies[0].change,
        &record.waterfall[1].name, &record.gain.verdict, &record.doctor[0].text, &record.machine.command[3]}) {
    *text += bad;
  }
  const std::string page = render_html(record, "");
  EXPECT_TRUE(is_well_formed(page));
  EXPECT_THAT(page, Not(HasSubstr("</script><b>")));
}

TEST(ExplainReport, PageNeedsNoNetwork) {
  const std::string page = render_html(example_explanation(), "");
  for (const auto* outside : {"src=", "href=", "@import", "<link", "<img"}) EXPECT_THAT(page, Not(HasSubstr(outside)));
  EXPECT_THAT(page, HasSubstr("data-chart=\"waterfall\""));
}

TEST(ExplainReport, MarkdownIsATableThatNoNameBreaks) {
  ExplainRecord record = example_explanation();
  record.waterfall[1].name = "de|code\nnext";
  const std::string text = render_markdown(record);
  EXPECT_THAT(text, HasSubstr("| ceiling | 2.00 | 3.90 | 2.00 |"));
  EXPECT_THAT(text, HasSubstr("de&#124;code"));
  EXPECT_THAT(text, Not(HasSubstr("de|code")));
}

}  // namespace
}  // namespace inflight
