#include "inflight/study/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "inflight/base/error.hpp"
#include "inflight/report/compare_report.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;

CompareOptions options(std::vector<std::string> ways = way_names()) {
  CompareOptions compare;
  compare.input = std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4";
  compare.model.path = std::string(INFLIGHT_ASSETS) + "/centerface.onnx";
  compare.frames = 20;
  compare.rounds = 2;
  for (const std::string& way : ways) {
    compare.ways.push_back({way, {.hint = way == "queue" ? Hint::throughput : Hint::latency}, 0});
  }
  return compare;
}

TEST(Comparison, GivesEveryWayTheSameFramesInEveryRound) {
  Progress progress;
  Comparison comparison(options(), progress);
  const CompareRecord record = comparison.run({});
  EXPECT_EQ(record.rounds.done, 2);
  EXPECT_EQ(record.rounds.frames_per_round, 20);
  EXPECT_EQ(record.rounds.unique_frames, 20);
  EXPECT_TRUE(record.outputs_equal) << record.outputs_text;
  EXPECT_DOUBLE_EQ(record.detections_per_frame, 1) << "the clip has one face in every frame";
  ASSERT_EQ(record.ways.size(), 3U);
  for (const WayRecord& way : record.ways) {
    EXPECT_EQ(way.frames, 40) << way.name;
    EXPECT_EQ(way.failed, 0);
    EXPECT_EQ(way.round_fps.size(), 2U);
    EXPECT_GT(way.cores_used, 0);
    EXPECT_GT(way.ratio_to_sync.median, 0);
  }
  EXPECT_DOUBLE_EQ(record.ways[0].ratio_to_sync.low, 1);
  EXPECT_DOUBLE_EQ(record.ways[0].ratio_to_sync.high, 1);
}

TEST(Comparison, SaysThatTheClipEndsEarly) {
  for (const char* clip : {"truncated.mp4", "truncated.mkv"}) {
    CompareOptions compare = options();
    compare.input = std::string(INFLIGHT_TEST_MEDIA) + "/" + clip;
    compare.frames = 40;
    compare.rounds = 1;
    Progress progress;
    EXPECT_THAT(Comparison(compare, progress).run({}).notes, testing::Contains(HasSubstr("the file is incomplete")));
  }
}

TEST(Comparison, MeasuresTheWaysAlikeAndTheCeilingInTheSameRounds) {
  CompareOptions compare = options();
  compare.alike = compare.ways.back();
  compare.seed = 7;
  Progress progress;
  const CompareRecord record = Comparison(compare, progress).run({});
  EXPECT_TRUE(record.outputs_equal) << record.outputs_text;
  EXPECT_THAT(record.outputs_text, HasSubstr("all 3 ways, at their best and like for like, on all 20 frames"));
  ASSERT_EQ(record.like_for_like.size(), 3U);
  for (const WayRecord& way : record.like_for_like) {
    EXPECT_EQ(way.given.hint, record.ways[2].given.hint) << way.name;
    EXPECT_EQ(way.round_fps.size(), 2U);
    EXPECT_GT(way.ratio_to_sync.median, 0);
  }
  EXPECT_NE(record.like_for_like[0].round_fps, record.ways[0].round_fps);
  EXPECT_EQ(record.like_for_like[2].round_fps, record.ways[2].round_fps) << "the queue runs once for both tables";
  EXPECT_EQ(record.ceiling.round_fps.size(), 2U);
  EXPECT_GT(record.ceiling.fps.median, 0);
  EXPECT_EQ(std::to_string(record.ceiling.requests), record.ways[2].given.requests);
  for (const WayRecord& way : record.ways) {
    EXPECT_EQ(way.ceiling.round_fps.size(), 2U) << way.name;
    EXPECT_GT(way.ceiling.fps.median, 0) << way.name;
    EXPECT_EQ(std::to_string(way.ceiling.requests), way.given.requests);
  }
  EXPECT_EQ(record.ways[2].ceiling.round_fps, record.ceiling.round_fps) << "measured once";
  EXPECT_EQ(record.rounds.seed, 7U);
  EXPECT_EQ(record.rounds.ended_by, "rounds");
}

TEST(Comparison, TellsTheColdStartApart) {
  CompareOptions compare = options({"two-requests", "queue"});
  compare.alike = compare.ways.back();
  Progress progress;
  const ColdStartRecord cold = Comparison(compare, progress).run({}).cold_start;
  EXPECT_GT(cold.read, 0);
  ASSERT_EQ(cold.compiles.size(), 2U);
  EXPECT_EQ(cold.compiles[0].used_by, "two-requests");
  EXPECT_EQ(cold.compiles[1].used_by, "queue, like for like");
  EXPECT_GT(cold.compiles[1].milliseconds, 0);
  EXPECT_GT(cold.without_cache, 0);
  EXPECT_GT(cold.with_cache, 0);
}

TEST(Comparison, TellsTheFirstInferenceOfEveryRequest) {
  Progress progress;
  const CompareRecord record = Comparison(options(), progress).run({});
  for (const WayRecord& way : record.ways) {
    EXPECT_EQ(std::to_string(way.first_inference.size()), way.given.requests) << way.name;
    for (const double time : way.first_inference) EXPECT_GT(time, 0);
  }
}

TEST(Comparison, PlantedWorkSlowsTheMeasuredRounds) {
  CompareOptions compare = options({"sync"});
  compare.added = {{Stage::callback, Milliseconds(20), false}};
  Progress progress;
  const CompareRecord record = Comparison(compare, progress).run({});
  for (const double fps : record.ways[0].round_fps) EXPECT_LT(fps, 50);
}

TEST(Comparison, RefusesATimeThatIsTooShortForOneRoundAndTellsWhatItTakes) {
  CompareOptions compare = options({"sync"});
  compare.rounds.reset();
  compare.time = Seconds(1e-6);
  Progress progress;
  Comparison comparison(compare, progress);
  try {
    comparison.run({});
    FAIL() << "no error";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), testing::ContainsRegex("one round takes about [0-9.e-]+ s; give --time [0-9]+ or more"));
  }
}

TEST(Comparison, WithoutSyncHasNoRatio) {
  Progress progress;
  Comparison comparison(options({"queue"}), progress);
  EXPECT_EQ(comparison.run({}).ways[0].ratio_to_sync.median, 0);
}

TEST(Comparison, RepeatsAShortClipToTheLengthOfARoundAndSaysSo) {
  CompareOptions compare = options({"queue"});
  compare.frames = 250;
  compare.loop = true;
  compare.rounds = 1;
  Progress progress;
  const CompareRecord record = Comparison(compare, progress).run({});
  EXPECT_EQ(record.rounds.unique_frames, 120);
  EXPECT_EQ(record.rounds.frames_per_round, 250);
  EXPECT_EQ(record.ways[0].frames, 250);
  EXPECT_THAT(record.notes, testing::Contains(HasSubstr("120 frames were repeated to 250")));
}

TEST(Comparison, StoppedBeforeItBeganTellsThatNothingWasMeasured) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress;
  Comparison comparison(options(), progress);
  const CompareRecord record = comparison.run(stop.get_token());
  EXPECT_TRUE(record.rounds.interrupted);
  EXPECT_EQ(record.rounds.done, 0);
  EXPECT_FALSE(record.outputs_equal);
  for (const WayRecord& way : record.ways) EXPECT_TRUE(way.round_fps.empty());
  EXPECT_THAT(record.notes, testing::Contains(HasSubstr("interrupted after 0 of 2 rounds")));
}

TEST(Comparison, StoppedWhileItCompilesLeavesOutTheWaysToCome) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress;
  Comparison comparison(options(), progress, stop.get_token());
  const CompareRecord record = comparison.run(stop.get_token());
  EXPECT_TRUE(record.rounds.interrupted);
  EXPECT_TRUE(record.ways.empty());
  EXPECT_EQ(record.outputs_text, "nothing was compared");
  EXPECT_THAT(render_terminal(record, {}), HasSubstr("interrupted after 0 of 2 rounds"));
  EXPECT_THAT(render_json(record), HasSubstr("\"ways\": []"));
  EXPECT_THAT(render_html(record), HasSubstr("</html>"));
}

TEST(Comparison, StoppedWhileItMeasuresMemoryKeepsTheRoundsAndAsksForNoMore) {
  CompareOptions compare = options({"sync", "queue"});
  std::stop_source stop;
  std::vector<std::string> asked;
  compare.peak_memory = [&](const std::string& way) {
    asked.push_back(way);
    stop.request_stop();
    return std::int64_t{0};
  };
  Progress progress;
  const CompareRecord record = Comparison(compare, progress).run(stop.get_token());
  EXPECT_THAT(asked, testing::ElementsAre("sync"));
  EXPECT_FALSE(record.rounds.interrupted);
  EXPECT_EQ(record.rounds.done, 2);
  EXPECT_THAT(record.notes, testing::ElementsAre(HasSubstr("interrupted while memory was measured")));
}

TEST(Comparison, AsksForTheMemoryOfEachWayByName) {
  CompareOptions compare = options({"sync", "queue"});
  std::vector<std::string> asked;
  compare.peak_memory = [&](const std::string& way) {
    asked.push_back(way);
    return static_cast<std::int64_t>(asked.size()) * 1000;
  };
  Progress progress;
  const CompareRecord record = Comparison(compare, progress).run({});
  EXPECT_THAT(asked, testing::ElementsAre("sync", "queue"));
  EXPECT_EQ(record.ways[1].peak_memory, 2000);
}

TEST(Comparison, CountsTheFramesOfTheVideoThatItWrites) {
  const std::filesystem::path video = testing::TempDir() + "inflight-compare-" + std::to_string(::getpid()) + ".mp4";
  Progress progress;
  Comparison comparison(options({"sync"}), progress);
  EXPECT_TRUE(comparison.write_video(video, "", {}));
  EXPECT_EQ(progress.snapshot().done, 20);
  EXPECT_EQ(progress.snapshot().total, 20);
  EXPECT_TRUE(std::filesystem::remove(video));
}

TEST(Comparison, RefusesWhatCannotBeMeant) {
  Progress progress;
  CompareOptions none = options();
  none.ways.clear();
  EXPECT_THROW(Comparison(none, progress), UsageError);
  CompareOptions no_rounds = options();
  no_rounds.rounds = 0;
  EXPECT_THROW(Comparison(no_rounds, progress), UsageError);
  CompareOptions no_time = options();
  no_time.time = Seconds(0);
  EXPECT_THROW(Comparison(no_time, progress), UsageError);
  CompareOptions unknown = options({"warp"});
  EXPECT_THROW(Comparison(unknown, progress), UsageError);
}

}  // namespace
}  // namespace inflight
