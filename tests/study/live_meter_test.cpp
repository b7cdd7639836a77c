// What the figures of speed say while things move, stand still, and move again.
#include "study/live_meter.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

class LiveMeterTest : public testing::Test {
 protected:
  LiveMeterTest() {
    figures_.ways = {{.name = "sync"}, {.name = "two-requests"}, {.name = "queue"}};
    begin(0);
  }

  void begin(std::size_t way) {
    meter_.begin_run(way);
    figures_.running = way;
  }
  /// Looks thirty times a second, while so many frames per second are delivered.
  void run(Seconds time, double fps, bool standing = false) {
    constexpr double looks_per_second = 30;
    for (double look = 0; look < time.count() * looks_per_second; ++look) {
      now_ += std::chrono::duration_cast<Clock::duration>(Seconds(1 / looks_per_second));
      delivered_ += fps / looks_per_second;
      meter_.look(now_, static_cast<std::int64_t>(delivered_ + 1e-6), {}, standing);
      meter_.tell(figures_);
    }
  }
  double bar(std::size_t way) const { return figures_.ways[way].fps; }

  LiveMeter meter_;
  LiveFigures figures_;
  TimePoint now_ = Clock::now();
  double delivered_ = 0;
};

TEST_F(LiveMeterTest, TellsTheSpeedOfTheLastSecond) {
  for (const double fps : {400.0, 30.0, 5.0, 0.5}) {
    begin(0);
    run(Seconds(7), fps);
    EXPECT_NEAR(bar(0), fps, 0.05 * fps);
    EXPECT_DOUBLE_EQ(figures_.fps, bar(0));
  }
  run(Seconds(1.2), 100);
  EXPECT_NEAR(figures_.fps, 100, 5) << "of what was before nothing is left";
}

TEST_F(LiveMeterTest, AWaysFigureStaysWhenAnotherRuns) {
  run(Seconds(2), 30);
  begin(2);
  EXPECT_NEAR(bar(0), 30, 1);
  run(Seconds(2), 120);
  EXPECT_NEAR(bar(0), 30, 1);
  EXPECT_NEAR(figures_.ways[2].ratio_to_sync, 4, 0.2);
  EXPECT_EQ(bar(1), 0) << "it has not run";
  EXPECT_EQ(figures_.ways[1].ratio_to_sync, 0);
}

TEST_F(LiveMeterTest, WhileItStandsTheFigureStaysAndTheSpeedIsNone) {
  run(Seconds(2), 30);
  run(Seconds(5), 0, true);
  EXPECT_NEAR(bar(0), 30, 1);
  EXPECT_DOUBLE_EQ(figures_.ways[0].ratio_to_sync, 1);
  EXPECT_EQ(figures_.fps, 0);
}

TEST_F(LiveMeterTest, AShortPauseDoesNotSlowAWayDown) {
  run(Seconds(2), 30);
  for (int pause = 0; pause < 3; ++pause) {
    run(Seconds(0.4), 0, true);
    run(Seconds(0.5), 30);
    EXPECT_NEAR(bar(0), 30, 2);
  }
}

TEST_F(LiveMeterTest, ASourceThatHangsWithoutSayingSoTakesNothingFromTheFigure) {
  run(Seconds(2), 30);
  run(Seconds(4), 0);
  EXPECT_NEAR(bar(0), 30, 1);
  EXPECT_EQ(figures_.fps, 0);
  run(Seconds(0.2), 30);
  EXPECT_NEAR(bar(0), 30, 1) << "the time in between is no time of the way";
  run(Seconds(2), 60);
  EXPECT_NEAR(bar(0), 60, 2);
  EXPECT_DOUBLE_EQ(figures_.fps, bar(0));
}

TEST_F(LiveMeterTest, ARunThatBeginsWithAStandstillTellsTheLastFigureOfItsWay) {
  run(Seconds(2), 30);
  begin(1);
  run(Seconds(2), 60);
  begin(0);
  run(Seconds(3), 0, true);
  EXPECT_NEAR(bar(0), 30, 1);
  EXPECT_NEAR(bar(1), 60, 2);
  EXPECT_EQ(figures_.fps, 0);
}

}  // namespace
}  // namespace inflight
