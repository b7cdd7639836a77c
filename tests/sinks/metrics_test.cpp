// The text for Prometheus. test_web_access.py holds a served one against the format.
#include "sinks/web/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inflight::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

LiveFigures example() {
  LiveFigures figures;
  figures.ways = {{"sync", 200, 1}, {"queue", 400.5, 2.0025}};
  figures.running = 1;
  figures.latency_p50 = 10.5;
  figures.latency_p99 = 14;
  figures.frames = 123'456'789;
  figures.dropped = 6;
  figures.age = 45;
  figures.source = "a \"b\"\\c\nd";
  return figures;
}

TEST(Metrics, HaveOneSampleOfEachWay) {
  const std::string text = metrics_text(example(), {});
  EXPECT_THAT(text, StartsWith("# HELP inflight_info "));
  EXPECT_THAT(text, HasSubstr("\n# TYPE inflight_frames_per_second gauge\n"
                              "inflight_frames_per_second{way=\"sync\"} 200\n"
                              "inflight_frames_per_second{way=\"queue\"} 400.5\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_ratio_to_sync{way=\"queue\"} 2.0025\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_running{way=\"sync\"} 0\ninflight_running{way=\"queue\"} 1\n"));
}

TEST(Metrics, AreInSecondsAndCountersInFull) {
  const std::string text = metrics_text(example(), {});
  EXPECT_THAT(text, HasSubstr("\ninflight_latency_seconds{quantile=\"0.5\"} 0.0105\n"
                              "inflight_latency_seconds{quantile=\"0.99\"} 0.014\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_picture_age_seconds 0.045\n"));
  EXPECT_THAT(text, HasSubstr("\n# TYPE inflight_frames_total counter\ninflight_frames_total 123456789\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_frames_dropped_total 6\n"));
}

TEST(Metrics, EscapeNames) {
  EXPECT_THAT(metrics_text(example(), {}), HasSubstr(R"({source="a \"b\"\\c\nd",model="",device="",hint=""} 1)"));
}

TEST(Metrics, AreUtf8WhateverTheFilesAreCalled) {
  LiveFigures figures = example();
  figures.source = "caf\xE9 \xC3\xA9";
  EXPECT_THAT(metrics_text(figures, {}), HasSubstr("{source=\"caf? \xC3\xA9\","));
}

TEST(Metrics, CountWhatTheViewItselfDoes) {
  const std::string text = metrics_text(example(), {.viewers = 2, .encoded = 30, .sent = 50, .overtaken = 10});
  EXPECT_THAT(text, HasSubstr("\ninflight_web_viewers 2\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_web_pictures_encoded_total 30\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_web_pictures_sent_total 50\n"));
  EXPECT_THAT(text, HasSubstr("\ninflight_web_pictures_overtaken_total 10\n"));
}

TEST(Metrics, BeforeTheFirstFiguresSayNothingOfThem) {
  const std::string text = metrics_text(std::nullopt, {});
  EXPECT_THAT(text, StartsWith("# HELP inflight_web_viewers "));
  EXPECT_THAT(text, Not(HasSubstr("frames_per_second")));
}

}  // namespace
}  // namespace inflight::web
