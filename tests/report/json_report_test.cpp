#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "example_record.hpp"
#include "inflight/report/compare_report.hpp"

namespace inflight {
namespace {

using nlohmann::json;

TEST(JsonReport, HoldsTheRecord) {
  const auto record = example_record();
  const auto read = json::parse(render_json(record));
  EXPECT_EQ(read["schema"], 2);
  EXPECT_EQ(read["command"], "compare");
  EXPECT_EQ(read["date"], record.date);
  EXPECT_EQ(read["command_line"], json(record.machine.command));
  EXPECT_EQ(read["software"], json({{"inflight", "0.1.0"},
                                    {"openvino", "2026.4.1"},
                                    {"ffmpeg", "5.1.6"},
                                    {"plugins", {{"CPU", "2026.4.1-22982"}}}}));
  EXPECT_EQ(read["machine"], json({{"cpu", "AMD EPYC 9V74"},
                                   {"cores", 2},
                                   {"quota_cores", 1.5},
                                   {"memory_bytes", 25'276'395'520},
                                   {"kernel", "Linux 6.1.0"}}));
  EXPECT_EQ(read["model"], json({{"name", "centerface"},
                                 {"path", "assets/centerface.onnx"},
                                 {"sha256", std::string(64, 'a')},
                                 {"type", "centerface"},
                                 {"input_width", 320},
                                 {"input_height", 192},
                                 {"preprocess", "fast, stretch, bgr"},
                                 {"threshold", 0.6},
                                 {"simulated", nullptr}}));
  EXPECT_EQ(read["clip"], json({{"path", "assets/bikes.mp4"},
                                {"sha256", std::string(64, 'b')},
                                {"codec", "h264"},
                                {"pixel_format", "yuv420p"},
                                {"width", 640},
                                {"height", 272},
                                {"frame_rate", 25.0},
                                {"start_s", 0.0}}));
  EXPECT_EQ(read["rounds"], json({{"asked", 7},
                                  {"done", 7},
                                  {"time_limit_s", 60.0},
                                  {"ended_by", "rounds"},
                                  {"seed", 42},
                                  {"frames_per_round", 250},
                                  {"unique_frames", 250},
                                  {"interrupted", false}}));
  EXPECT_EQ(read["valid"], true);
  EXPECT_EQ(read["reasons"], json::array());
  EXPECT_EQ(read["load"], json({{"own_cores", 1.52},
                                {"other_cores", 0.03},
                                {"stolen_cores", 0.01},
                                {"throttled_periods", 0},
                                {"throttled_s", 0.0}}));
  EXPECT_EQ(read["cold_start"], json({{"read_ms", 12.5},
                                      {"compile",
                                       {{{"used_by", "sync, two-requests"}, {"ms", 151.0}, {"from_cache", false}},
                                        {{"used_by", "queue, like for like"}, {"ms", 160.0}, {"from_cache", true}}}},
                                      {"compile_without_cache_ms", 155.0},
                                      {"compile_with_cache_ms", 31.0}}));
  EXPECT_EQ(read["outputs_equal"], true);
  EXPECT_EQ(read["outputs"],
            json({{"frames_compared", 1750}, {"text", record.outputs_text}, {"detections_per_frame", 1.25}}));
  EXPECT_EQ(read["notes"], json(record.notes));

  const auto interval = [](const Interval& of) {
    return json({{"median", of.median}, {"low", of.low}, {"high", of.high}, {"coverage", of.coverage}});
  };
  const auto ceiling = [&](const CeilingRecord& of) {
    if (of.requests == 0) return json(nullptr);
    return json({{"requests", of.requests}, {"fps", interval(of.fps)}, {"round_fps", of.round_fps}});
  };
  EXPECT_EQ(read["ceiling"], ceiling(record.ceiling));
  EXPECT_EQ(read["ways"][0]["ceiling"]["requests"], 1);
  ASSERT_EQ(read["like_for_like"].size(), 3u);
  EXPECT_EQ(read["like_for_like"][2]["ratio_to_sync"], interval(record.like_for_like[2].ratio_to_sync));
  EXPECT_EQ(read["like_for_like"][2]["round_fps"], read["ways"][2]["round_fps"]);
  ASSERT_EQ(read["ways"].size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& way = record.ways[i];
    const auto setting = [](const std::string& text) {
      return text.empty() || text == "-" ? json(nullptr) : json(text);
    };
    const auto settings = [&](const SettingsRecord& of) {
      return json({{"device", setting(of.device)},
                   {"hint", setting(of.hint)},
                   {"streams", setting(of.streams)},
                   {"threads", setting(of.threads)},
                   {"requests", setting(of.requests)},
                   {"precision", setting(of.precision)},
                   {"properties", setting(of.properties)}});
    };
    EXPECT_EQ(read["ways"][i],
              json({{"name", way.name},
                    {"description", way.description},
                    {"frames", 1750},
                    {"failed", 0},
                    {"fps", interval(way.fps)},
                    {"ratio_to_sync", interval(way.ratio_to_sync)},
                    {"round_fps", way.round_fps},
                    {"latency_ms", {{"p50", way.latency_p50}, {"p90", way.latency_p90}, {"p99", way.latency_p99}}},
                    {"first_inference_ms", way.first_inference},
                    {"ceiling", ceiling(way.ceiling)},
                    {"cores_used", way.cores_used},
                    {"peak_memory_bytes", way.peak_memory},
                    {"settings", {{"asked", settings(way.asked)}, {"given", settings(way.given)}}}}));
  }
}

TEST(JsonReport, SaysNullForWhatIsNotKnown) {
  const auto read = json::parse(render_json(unmeasured_record()));
  const json unknown = {{"median", nullptr}, {"low", nullptr}, {"high", nullptr}, {"coverage", nullptr}};
  for (const auto& way : read["ways"]) {
    EXPECT_EQ(way["fps"], unknown);
    EXPECT_EQ(way["ratio_to_sync"], unknown);
    EXPECT_EQ(way["round_fps"], json({nullptr, nullptr}));
    EXPECT_EQ(way["latency_ms"], json({{"p50", nullptr}, {"p90", nullptr}, {"p99", nullptr}}));
    EXPECT_EQ(way["cores_used"], nullptr);
    EXPECT_EQ(way["peak_memory_bytes"], nullptr);
  }
  EXPECT_EQ(read["ceiling"], nullptr);
  EXPECT_EQ(read["load"]["other_cores"], nullptr);
  EXPECT_EQ(read["cold_start"]["compile_with_cache_ms"], nullptr);
  EXPECT_EQ(read["outputs_equal"], nullptr);
  EXPECT_EQ(read["clip"]["frame_rate"], nullptr);
}

TEST(JsonReport, OneRoundHasAMedianButNoRange) {
  auto record = example_record();
  record.ways[0].fps = median_interval(std::vector{350.0});
  const auto fps = json::parse(render_json(record))["ways"][0]["fps"];
  EXPECT_EQ(fps, json({{"median", 350.0}, {"low", nullptr}, {"high", nullptr}, {"coverage", nullptr}}));
}

TEST(JsonReport, ComparesOutputsOnlyBetweenTwoWays) {
  auto record = example_record();
  record.outputs_equal = false;
  EXPECT_EQ(json::parse(render_json(record))["outputs_equal"], false);
  record.ways.resize(1);
  EXPECT_EQ(json::parse(render_json(record))["outputs_equal"], nullptr);
}

TEST(JsonReport, TakesFileNamesThatAreNotUtf8) {
  auto record = example_record();
  record.clip_path = "b\xff.mp4";
  EXPECT_EQ(json::parse(render_json(record))["clip"]["path"], "b\uFFFD.mp4");
  EXPECT_TRUE(json::accept(render_json(hostile_record())));
}

TEST(JsonReport, OfNothingIsStillAnObject) {
  const auto read = json::parse(render_json(CompareRecord{}));
  EXPECT_EQ(read["ways"], json::array());
  EXPECT_EQ(read["notes"], json::array());
  EXPECT_EQ(read["model"]["name"], nullptr);
}

}  // namespace
}  // namespace inflight
