#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "example_record.hpp"
#include "inflight/report/compare_report.hpp"
#include "well_formed.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlReport, IsWellFormedWhateverTheNames) {
  EXPECT_TRUE(is_well_formed(render_html(example_record())));
  EXPECT_TRUE(is_well_formed(render_html(hostile_record())));
  EXPECT_TRUE(is_well_formed(render_html(unmeasured_record())));
  EXPECT_TRUE(is_well_formed(render_html(CompareRecord{})));
  EXPECT_FALSE(is_well_formed("<p>one<b>two</p>"));
}

TEST(HtmlReport, EscapesEveryTextOfTheRecord) {
  auto record = example_record();
  const std::string bad = "<script>'\"&";
  for (auto* text :
       {&record.machine.inflight, &record.machine.openvino, &record.machine.ffmpeg, &record.date, &record.machine.cpu,
        &record.machine.kernel, &record.machine.plugins[0].first, &record.machine.plugins[0].second,
        &record.machine.model_sha256, &record.machine.clip_sha256, &record.machine.command[2], &record.model,
        &record.model_path, &record.model_type, &record.preprocess, &record.clip_path, &record.clip_codec,
        &record.clip_pixel_format, &record.outputs_text}) {
    *text += bad;
  }
  record.notes.push_back(bad);
  for (auto& way : record.ways) {
    way.name += bad;
    way.description += bad;
    for (auto* settings : {&way.asked, &way.given}) {
      for (auto* text : {&settings->device, &settings->hint, &settings->streams, &settings->threads,
                         &settings->requests, &settings->precision}) {
        *text += bad;
      }
    }
  }
  const auto page = render_html(record);
  EXPECT_TRUE(is_well_formed(page));
  EXPECT_THAT(page, Not(HasSubstr(bad)));
  EXPECT_EQ(count_of("<script", page), 1U);
  EXPECT_THAT(page, HasSubstr("assets/bikes.mp4&lt;script&gt;&#39;&quot;&amp;"));
}

TEST(HtmlReport, NeedsNoNetwork) {
  const auto page = render_html(example_record());
  for (const auto* outside : {"src=", "href=", "@import", "<link", "<img"}) EXPECT_THAT(page, Not(HasSubstr(outside)));
}

TEST(HtmlReport, HasAChartOfTheRoundsWhereThereAreSome) {
  EXPECT_THAT(render_html(example_record()), HasSubstr("data-chart=\"rounds\""));
  auto one = example_record();
  one.rounds.done = 1;
  EXPECT_THAT(render_html(one), Not(HasSubstr("data-chart")));
  EXPECT_THAT(render_html(one), Not(HasSubstr("<script")));
}

TEST(HtmlReport, HeadlineAndTitleSayTheResult) {
  auto record = example_record();
  record.ways[2].ratio_to_sync = {2.1, 2.0, 2.2, 0.98};
  const auto page = render_html(record);
  EXPECT_THAT(page, HasSubstr("<h1>queue: 733 frames/s, 2.1 times sync (2.0 to 2.2)</h1>"));
  EXPECT_THAT(page, HasSubstr("<title>queue: 733 frames/s, 2.1 times sync (2.0 to 2.2)</title>"));
}

TEST(HtmlReport, ChartHasABarARangeAndADotPerRound) {
  const auto page = render_html(example_record());
  EXPECT_EQ(count_of("<rect class=\"bar", page), 3u);
  EXPECT_EQ(count_of("<rect class=\"bar best\"", page), 1u);
  EXPECT_EQ(count_of("<line class=\"range\"", page), 9u);  // a line and two ends each
  EXPECT_EQ(count_of("<circle class=\"round\"", page), 21u);
  // The scale ends 2 % after the largest number, 752.
  EXPECT_THAT(page, HasSubstr("width=\"95.56%\""));
  EXPECT_THAT(page, HasSubstr("x1=\"89.96%\" x2=\"98.04%\""));
}

TEST(HtmlReport, ChartSpeaksToScreenReaders) {
  const auto page = render_html(example_record());
  EXPECT_THAT(page, HasSubstr("<svg role=\"img\" aria-labelledby=\"bars-title bars-text\""));
  EXPECT_THAT(page,
              HasSubstr("<desc id=\"bars-text\">sync: 352 frames/s (341 to 357). two-requests: 598 frames/s "
                        "(577 to 610), 1.70 times sync. queue: 733 frames/s (690 to 752), 2.09 times sync. </desc>"));
}

TEST(HtmlReport, TablesHaveCaptionsAndScopes) {
  const auto whole = render_html(example_record());
  const auto page = whole.substr(0, whole.find("<script"));  // Chart.js compares with <
  EXPECT_EQ(count_of("<table", page), 3u);
  EXPECT_EQ(count_of("<caption>", page), 3u);
  EXPECT_EQ(count_of("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"", page), 3u);
  EXPECT_EQ(count_of("<th scope=\"col\">", page), 8u + 7u + 8u);
  EXPECT_EQ(count_of("<th scope=\"row\">", page), 3u + 3u + 3u);
  EXPECT_EQ(count_of("<th", page), count_of("<th scope", page) + count_of("<thead", page));
}

TEST(HtmlReport, MarksWhatTheDeviceOverruled) {
  const auto page = render_html(example_record());
  EXPECT_THAT(page, HasSubstr("<td class=\"overruled\">8 → 2</td>"));
  EXPECT_EQ(count_of("class=\"overruled\"", page), 1u);
}

TEST(HtmlReport, WarnsOfOutputsThatDiffer) {
  auto record = example_record();
  EXPECT_THAT(render_html(record), Not(HasSubstr("class=\"bad\"")));
  record.outputs_equal = false;
  EXPECT_THAT(render_html(record), HasSubstr("<p class=\"bad\">"));
}

TEST(HtmlReport, SaysPlainlyWhetherItIsValid) {
  auto record = example_record();
  EXPECT_THAT(render_html(record), HasSubstr("<p class=\"valid\">VALID</p>"));
  record.valid = false;
  record.reasons = {"too few rounds", "1 < 2"};
  const auto page = render_html(record);
  EXPECT_THAT(page, HasSubstr("<p class=\"bad\">INVALID</p>"));
  EXPECT_THAT(page, HasSubstr("<li>1 &lt; 2</li>"));
}

TEST(HtmlReport, SaysHowItWasMeasuredAndOfMemoryOnlyWhereItWas) {
  auto record = example_record();
  EXPECT_THAT(render_html(record), HasSubstr("Peak memory is that of a child process"));
  for (auto& way : record.ways) way.peak_memory = 0;
  const auto page = render_html(record);
  EXPECT_THAT(page, HasSubstr("<h2>How this was measured</h2>"));
  EXPECT_THAT(page, Not(HasSubstr("Peak memory")));
}

TEST(HtmlReport, WithoutMeasurementsHasNoChart) {
  const auto page = render_html(unmeasured_record());
  EXPECT_THAT(page, Not(HasSubstr("<svg")));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
  EXPECT_THAT(page, HasSubstr("<td>-</td>"));
}

}  // namespace
}  // namespace inflight
