#include "study/live_control.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

using std::chrono::seconds;

std::vector<WayOptions> three_ways() {
  return {{"sync", {.hint = Hint::latency}, 0},
          {"two-requests", {.hint = Hint::latency}, 0},
          {"queue", {.hint = Hint::throughput}, 0}};
}

TEST(LiveControl, BeginsWithTheFirstWayUnlessAnotherIsNamed) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  EXPECT_EQ(control.begin_run().way, 0U);
  LiveControl queue(three_ways(), "queue", Seconds(0), {});
  EXPECT_EQ(queue.begin_run().way, 2U);
}

TEST(LiveControl, AChoiceEndsTheRunAndTheNextOneIsOfTheChosenWay) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.command(LiveCommand::queue);
  EXPECT_TRUE(run.stop.stop_requested());
  const LiveRun next = control.begin_run();
  EXPECT_EQ(next.way, 2U);
  EXPECT_EQ(next.hint, Hint::throughput);
  EXPECT_EQ(next.number, run.number + 1);
  EXPECT_FALSE(next.stop.stop_requested());
}

TEST(LiveControl, TheSameChoiceAgainChangesNothing) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.command(LiveCommand::sync);
  EXPECT_FALSE(run.stop.stop_requested());
}

TEST(LiveControl, GoesRoundWithTheGreatestStepFirst) {
  LiveControl control(three_ways(), "", Seconds(8), {});
  TimePoint now = Clock::now();
  std::vector<std::size_t> ways;
  for (int i = 0; i < 5; ++i) {
    ways.push_back(control.begin_run().way);
    control.tick(now += seconds(9));
  }
  EXPECT_EQ(ways, (std::vector<std::size_t>{0, 2, 1, 0, 2}));
}

TEST(LiveControl, GoesOnOnlyWhenItsTimeIsOver) {
  LiveControl control(three_ways(), "", Seconds(8), {});
  const LiveRun run = control.begin_run();
  control.tick(Clock::now() + seconds(7));
  EXPECT_FALSE(run.stop.stop_requested());
  control.tick(Clock::now() + seconds(9));
  EXPECT_TRUE(run.stop.stop_requested());
}

TEST(LiveControl, StaysOnceSomebodyHasChosen) {
  LiveControl control(three_ways(), "", Seconds(8), {});
  control.command(LiveCommand::queue);
  const LiveRun run = control.begin_run();
  control.tick(Clock::now() + seconds(100));
  EXPECT_FALSE(run.stop.stop_requested());
}

TEST(LiveControl, OneWayAloneGoesRoundToItself) {
  LiveControl control({{"sync", {}, 0}}, "", Seconds(1), {});
  control.tick(Clock::now() + seconds(2));
  EXPECT_EQ(control.begin_run().way, 0U);
}

TEST(LiveControl, MoreAndFewerRequestsCountFromWhatTheQueueHas) {
  LiveControl control(three_ways(), "queue", Seconds(0), {});
  EXPECT_EQ(control.begin_run().requests, 0U);
  control.has_requests(4);
  control.command(LiveCommand::more_requests);
  EXPECT_EQ(control.begin_run().requests, 5U);
  control.has_requests(5);
  control.command(LiveCommand::fewer_requests);
  control.command(LiveCommand::fewer_requests);
  EXPECT_EQ(control.begin_run().requests, 3U);
}

TEST(LiveControl, TheLastRequestStays) {
  LiveControl control(three_ways(), "queue", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.has_requests(1);
  control.command(LiveCommand::fewer_requests);
  EXPECT_FALSE(run.stop.stop_requested());
}

TEST(LiveControl, OnlyTheQueueHasRequestsToChoose) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.has_requests(1);
  control.command(LiveCommand::more_requests);
  EXPECT_FALSE(run.stop.stop_requested());
}

TEST(LiveControl, TheHintChangesForTheWayThatRuns) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  control.begin_run();
  control.command(LiveCommand::hint);
  EXPECT_EQ(control.begin_run().hint, Hint::throughput);
  control.command(LiveCommand::hint);
  EXPECT_EQ(control.begin_run().hint, Hint::latency);
}

TEST(LiveControl, WhenSomebodyComesOrAllHaveGoneTheSameWayRunsAnew) {
  LiveControl control(three_ways(), "queue", Seconds(0), {});
  control.watch(false);
  const LiveRun unseen = control.begin_run();
  EXPECT_FALSE(unseen.watched);
  control.watch(false);
  EXPECT_FALSE(unseen.stop.stop_requested());
  control.watch(true);
  EXPECT_TRUE(unseen.stop.stop_requested());
  const LiveRun seen = control.begin_run();
  EXPECT_TRUE(seen.watched);
  EXPECT_EQ(seen.way, 2U);
  control.watch(true);
  EXPECT_FALSE(seen.stop.stop_requested());
  control.watch(false);
  EXPECT_TRUE(seen.stop.stop_requested());
}

TEST(LiveControl, TheEndOfAllEndsTheRunAndThoseAfterIt) {
  std::stop_source all;
  LiveControl control(three_ways(), "", Seconds(0), all.get_token());
  const LiveRun run = control.begin_run();
  all.request_stop();
  EXPECT_TRUE(run.stop.stop_requested());
  EXPECT_TRUE(control.begin_run().stop.stop_requested()) << "a run that begins just after would never end";
}

}  // namespace
}  // namespace inflight
