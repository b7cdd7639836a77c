#include "study/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inflight/measure/bootstrap.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// A comparison of two ways without a flaw.
CompareRecord flawless() {
  CompareRecord record;
  record.rounds = {
      .asked = 0, .done = 8, .seed = 1, .ended_by = "interval", .frames_per_round = 100, .unique_frames = 100};
  record.load = {.known = true, .own = 1.5, .others = 0.02, .stolen = 0.01};
  record.outputs_equal = true;
  record.frames_compared = 100;
  const std::vector<double> sync{100, 101, 99, 100, 102, 100, 101, 99};
  const std::vector<double> queue{200, 202, 198, 201, 204, 199, 202, 198};
  for (const auto& [name, fps] : {std::pair{"sync", &sync}, std::pair{"queue", &queue}}) {
    WayRecord way;
    way.name = name;
    way.frames = 800;
    way.round_fps = *fps;
    way.fps = median_interval(*fps);
    way.ratio_to_sync = bootstrap_ratio_interval(*fps, sync, 1);
    way.first_inference = {1, 1};
    record.ways.push_back(way);
  }
  record.ceiling.requests = 4;
  return record;
}

const std::vector<FrameDigest> good_frames(100, FrameDigest{.outputs = 1, .detections = 2, .count = 1});

std::vector<std::string> reasons_of(CompareRecord record, const std::vector<WayFindings>& findings = {}) {
  std::vector<WayFindings> both = findings;
  if (both.empty()) both = {{.name = "sync", .frames = good_frames}, {.name = "queue", .frames = good_frames}};
  judge(both, record);
  EXPECT_EQ(record.valid, record.reasons.empty());
  return record.reasons;
}

TEST(Verdict, OfAFlawlessComparisonIsValid) { EXPECT_THAT(reasons_of(flawless()), testing::IsEmpty()); }

TEST(Verdict, NamesTooFewRounds) {
  auto record = flawless();
  record.rounds.done = 6;
  EXPECT_THAT(reasons_of(record), ElementsAre(HasSubstr("too few rounds: 6 of at least 7")));
  record.rounds.ended_by = "time";
  EXPECT_THAT(reasons_of(record), ElementsAre(HasSubstr("give more --time")));
  record.rounds.done = 8;
  record.rounds.interrupted = true;
  EXPECT_THAT(reasons_of(record), ElementsAre("interrupted"));
}

TEST(Verdict, NamesOtherLoadOnTheMachine) {
  auto record = flawless();
  record.load.others = 0.85;
  EXPECT_THAT(reasons_of(record), ElementsAre(AllOf(HasSubstr("other load"), HasSubstr("0.85 cores"))));
  record = flawless();
  record.load.stolen = 0.2;
  EXPECT_THAT(reasons_of(record), ElementsAre(AllOf(HasSubstr("other load"), HasSubstr("hypervisor took 0.20"))));
}

TEST(Verdict, NamesThrottling) {
  auto record = flawless();
  record.load.throttled = 12;
  record.load.throttled_seconds = 0.7;
  EXPECT_THAT(reasons_of(record), ElementsAre(AllOf(HasSubstr("throttled"), HasSubstr("12 periods"))));
}

TEST(Verdict, NamesAColdFirstRound) {
  auto record = flawless();
  record.ways[1].round_fps[0] = 150;
  EXPECT_THAT(reasons_of(record),
              ElementsAre("cold start in the window: the first round of queue was 150 frames/s, the rest 201"));
  record = flawless();
  record.ways[1].round_fps[3] = 150;
  EXPECT_THAT(reasons_of(record), testing::IsEmpty()) << "another round than the first is no cold start";
  record = flawless();
  record.ways[1].round_fps[0] = 250;
  EXPECT_THAT(reasons_of(record), testing::IsEmpty()) << "nothing cold is faster";
}

TEST(Verdict, NamesFramesThatWereDroppedRepeatedOrFailed) {
  const std::vector<WayFindings> findings{
      {.name = "sync", .frames = good_frames},
      {.name = "queue", .frames = good_frames, .dropped_frames = 3, .repeated_frames = 2}};
  EXPECT_THAT(reasons_of(flawless(), findings), ElementsAre("queue: 3 frames dropped, 2 repeated"));
  auto record = flawless();
  record.ways[0].failed = 5;
  EXPECT_THAT(reasons_of(record), ElementsAre("sync: 5 of 800 frames failed"));
}

TEST(Verdict, NamesOutputsThatDifferOrAreNoNumbers) {
  auto record = flawless();
  record.outputs_equal = false;
  record.outputs_text = "sync and queue differ in the outputs of 2 of 100 frames";
  EXPECT_THAT(reasons_of(record), ElementsAre(HasSubstr("outputs differ: sync and queue differ")));
  auto frames = good_frames;
  frames[5].nan = frames[7].nan = true;
  EXPECT_THAT(reasons_of(flawless(), {{.name = "sync", .frames = frames, .alike = true}}),
              ElementsAre(HasSubstr("sync like for like: outputs hold NaN in 2 of 100 frames")));
}

TEST(Verdict, NotesAnIntervalThatIsStillWide) {
  auto record = flawless();
  record.rounds.ended_by = "time";
  record.like_for_like = record.ways;
  record.like_for_like[1].round_fps[0] = 200.5;
  record.ways[1].ratio_to_sync = {2, 1.98, 2.02, 0.95};
  record.like_for_like[1].ratio_to_sync = {2, 1.9, 2.1, 0.95};
  judge({}, record);
  EXPECT_TRUE(record.valid);
  EXPECT_THAT(record.notes, ElementsAre(HasSubstr("times sync is known to within 5.0 % only, not 2 %")));
  record.notes.clear();
  record.rounds.ended_by = "rounds";
  judge({}, record);
  EXPECT_TRUE(record.notes.empty()) << "nobody asked for a width";
  record.rounds.ended_by = "time";
  record.like_for_like.clear();
  judge({}, record);
  EXPECT_TRUE(record.notes.empty());
}

TEST(Verdict, NamesARoundThatIsTooShortForTheRequests) {
  auto record = flawless();
  record.rounds.frames_per_round = record.rounds.unique_frames = 15;
  EXPECT_THAT(reasons_of(record),
              ElementsAre(HasSubstr("too few frames in a round: 15, and to keep 4 requests busy takes 16 or more")));
  record = flawless();
  record.rounds.unique_frames = 1;
  EXPECT_THAT(reasons_of(record), ElementsAre(HasSubstr("one frame only")));
}

}  // namespace
}  // namespace inflight
