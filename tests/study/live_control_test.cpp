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
  const LiveRun first = control.begin_run();
  EXPECT_EQ(first.requests, 0U);
  control.has_requests(first, 4);
  control.command(LiveCommand::more_requests);
  EXPECT_TRUE(first.stop.stop_requested());
  const LiveRun second = control.begin_run();
  EXPECT_EQ(second.requests, 5U);
  control.has_requests(second, 5);
  control.command(LiveCommand::fewer_requests);
  control.command(LiveCommand::fewer_requests);
  EXPECT_EQ(control.begin_run().requests, 3U);
}

TEST(LiveControl, TheLastRequestStays) {
  LiveControl control(three_ways(), "queue", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.has_requests(run, 1);
  control.command(LiveCommand::fewer_requests);
  EXPECT_FALSE(run.stop.stop_requested());
}

TEST(LiveControl, WhatIsAskedForBeforeTheNumberIsKnownCountsFromTheQueues) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun sync = control.begin_run();
  control.has_requests(sync, 1);
  control.command(LiveCommand::queue);
  control.command(LiveCommand::more_requests);
  const LiveRun queue = control.begin_run();
  EXPECT_EQ(queue.requests, 0U) << "its own number, which nobody knows yet";
  control.command(LiveCommand::more_requests);
  control.has_requests(queue, 4);
  EXPECT_TRUE(queue.stop.stop_requested());
  EXPECT_EQ(control.begin_run().requests, 6U);
}

TEST(LiveControl, TheNumberOfARunThatSomebodyHasLeftIsNotTheQueues) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun sync = control.begin_run();
  control.command(LiveCommand::queue);
  control.has_requests(sync, 1);
  const LiveRun queue = control.begin_run();
  control.has_requests(queue, 4);
  control.command(LiveCommand::more_requests);
  EXPECT_EQ(control.begin_run().requests, 5U);
}

TEST(LiveControl, TwoStepsInQuickSuccessionAreTwo) {
  LiveControl control(three_ways(), "queue", Seconds(0), {});
  control.has_requests(control.begin_run(), 4);
  control.command(LiveCommand::more_requests);
  const LiveRun five = control.begin_run();
  control.command(LiveCommand::more_requests);
  control.has_requests(five, 5);  // it comes late, when warm
  control.command(LiveCommand::more_requests);
  EXPECT_EQ(control.begin_run().requests, 7U);
}

TEST(LiveControl, MoreIsNeverFewer) {
  for (const auto& [has, then] :
       {std::pair<std::size_t, std::size_t>{300, 301}, {1023, 1024}, {1024, 1024}, {2000, 2000}}) {
    std::vector<WayOptions> ways = three_ways();
    ways[2].requests = has;
    LiveControl control(ways, "queue", Seconds(0), {});
    control.has_requests(control.begin_run(), has);
    control.command(LiveCommand::more_requests);
    EXPECT_EQ(control.begin_run().requests, then);
  }
}

TEST(LiveControl, AWayHasItsTimeAnewWhenWhatStoodGoesOn) {
  LiveControl control(three_ways(), "", Seconds(8), {});
  const LiveRun run = control.begin_run();
  const TimePoint now = Clock::now();
  control.tick(now + seconds(7));
  control.tick(now + seconds(100), true);
  control.tick(now + seconds(107));
  EXPECT_FALSE(run.stop.stop_requested());
  control.tick(now + seconds(109));
  EXPECT_TRUE(run.stop.stop_requested());
}

TEST(LiveControl, OnlyTheQueueHasRequestsToChoose) {
  LiveControl control(three_ways(), "", Seconds(0), {});
  const LiveRun run = control.begin_run();
  control.has_requests(run, 1);
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
