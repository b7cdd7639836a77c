#include "inflight/study/live_demo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inflight/base/error.hpp"
#include "scripted_view.hpp"

namespace inflight {
namespace {

using test::options;
using test::run;
using test::ScriptedView;
using test::Seen;
using testing::HasSubstr;

TEST(LiveDemo, ShowsEveryWayThatAViewerChooses) {
  Seen seen;
  const LiveSummary summary =
      run(options(), seen, [](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
        if (now.fps == 0) return;  // not known yet
        if (now.running == 0) command(LiveCommand::two_requests);
        if (now.running == 1) command(LiveCommand::queue);
        if (now.running == 2) command(LiveCommand::quit);
      });
  EXPECT_EQ(seen.ways, (std::set<std::size_t>{0, 1, 2}));
  for (const LiveWay& way : summary.figures.ways) {
    EXPECT_GT(way.fps, 0) << way.name;
    EXPECT_GT(way.ratio_to_sync, 0) << way.name;
  }
  EXPECT_DOUBLE_EQ(summary.figures.ways[0].ratio_to_sync, 1);
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
  EXPECT_TRUE(seen.last.ended);
}

TEST(LiveDemo, GoesRoundByItself) {
  LiveDemoOptions demo = options();
  demo.cycle = Seconds(0.4);
  Seen seen;
  run(demo, seen, [&](const LiveFigures&, const Canvas*, const LiveCommands& command) {
    if (seen.ways.size() == 3) command(LiveCommand::quit);
  });
  EXPECT_EQ(seen.ways.size(), 3U);
}

TEST(LiveDemo, PaintsThePictureAsLargeAsTheViewShowsIt) {
  Seen seen;
  std::vector<Size> pictures;
  run(options(), seen, [&](const LiveFigures&, const Canvas* picture, const LiveCommands& command) {
    if (picture == nullptr) return;
    pictures.push_back(seen.picture);
    seen.scale = 3;  // somebody enlarges the window
    if (pictures.size() == 2) command(LiveCommand::quit);
  });
  ASSERT_GE(pictures.size(), 2U);
  EXPECT_EQ(pictures[0], (Size{352, 288})) << "176x144 twice";
  EXPECT_EQ(pictures[1], (Size{528, 432}));
}

TEST(LiveDemo, EndsAfterTheFramesThatWereAskedFor) {
  LiveDemoOptions demo = options();
  demo.frames = 200;  // the clip has 120: it is played again
  Seen seen;
  const LiveSummary summary = run(demo, seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) {});
  EXPECT_EQ(summary.figures.frames, 200);
  EXPECT_THAT(seen.reason, HasSubstr("200 frames"));
}

TEST(LiveDemo, EndsWhenItsTimeIsOver) {
  LiveDemoOptions demo = options();
  demo.seconds = Seconds(0.3);
  Seen seen;
  run(demo, seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) {});
  EXPECT_THAT(seen.reason, HasSubstr("seconds are over"));
}

TEST(LiveDemo, WhilePausedNothingIsInferred) {
  Seen seen;
  std::int64_t paused_at = -1;
  int looks = 0;
  bool moved = false;
  run(options(), seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (looks == 0 && now.frames > 0) command(LiveCommand::pause), ++looks;
    if (!now.paused || now.in_flight > 0) return;
    if (paused_at < 0) paused_at = now.frames + 1;  // one may be on its way
    moved = moved || now.frames > paused_at;
    if (++looks == 12) command(LiveCommand::quit);
  });
  EXPECT_FALSE(moved);
  EXPECT_EQ(looks, 12) << "pausing ended nothing";
}

TEST(LiveDemo, WhoJoinsWhileNothingMovesGetsTheLastPicture) {
  Seen seen;
  seen.wants = false;
  bool paused = false;
  run(options(), seen, [&](const LiveFigures& now, const Canvas* picture, const LiveCommands& command) {
    if (now.frames > 0 && !std::exchange(paused, true)) command(LiveCommand::pause);
    if (now.paused && now.in_flight == 0) seen.wants = true;  // nothing new comes from now on
    if (picture != nullptr) command(LiveCommand::quit);
  });
  EXPECT_GT(seen.pictures, 0);
}

TEST(LiveDemo, WhoComesBackWhileNothingMovesGetsThePictureAgain) {
  Seen seen;
  int looks = 0, before = 0;
  run(options(), seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (!now.paused && looks == 0 && seen.pictures > 0) command(LiveCommand::pause), ++looks;
    if (!now.paused || now.in_flight > 0) return;
    if (++looks == 5) before = seen.pictures;  // all that was on its way is drawn
    seen.wants = looks < 6 || looks > 8;
    if (before > 0 && seen.pictures > before) command(LiveCommand::quit);
  });
  EXPECT_EQ(seen.pictures, before + 1);
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
}

TEST(LiveDemo, WhoJoinsWhileItRunsGetsNewPictures) {
  Seen seen;
  seen.wants = false;
  int before = 0;
  run(options(), seen, [&](const LiveFigures& now, const Canvas* picture, const LiveCommands& command) {
    if (picture != nullptr && !seen.wants) ++before;
    if (now.frames > 20) seen.wants = true;
    if (seen.pictures > 5) command(LiveCommand::quit);
  });
  EXPECT_EQ(before, 0);
  EXPECT_GT(seen.pictures, 5);
}

TEST(LiveDemo, InTheNaiveLoopNobodyWaitsForPicturesThatNobodySees) {
  LiveDemoOptions demo = options();
  demo.naive = true;
  demo.frames = 200;
  Seen seen;
  seen.wants = false;
  EXPECT_EQ(run(demo, seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) {}).figures.frames, 200);
}

TEST(LiveDemo, TheNaiveLoopDoesNotDrawAheadOfItsTime) {
  LiveDemoOptions demo = options();
  demo.naive = true;
  demo.render_fps = 1;
  Seen seen;
  run(demo, seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (now.paused) return command(LiveCommand::quit);     // a second later, not a second for every picture
    if (seen.pictures == 70) command(LiveCommand::pause);  // more than the demonstration has seconds
  });
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
}

TEST(LiveDemo, APauseTakesNoFigureAwayAndEndsNoTurn) {
  LiveDemoOptions demo = options();
  demo.cycle = Seconds(2);
  Seen seen;
  double paused_at = 0;
  bool kept = false;
  std::set<std::size_t> while_paused;
  run(demo, seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (!now.paused && now.fps > 0) return command(LiveCommand::pause);
    if (!now.paused) return;
    if (paused_at == 0) paused_at = now.seconds;
    while_paused.insert(now.running);
    if (now.seconds < paused_at + 2.5) return;  // what was measured would be forgotten, and its turn be over
    kept = now.ways[0].fps > 0 && now.fps == 0;
    command(LiveCommand::quit);
  });
  EXPECT_TRUE(kept);
  EXPECT_EQ(while_paused, (std::set<std::size_t>{0}));
}

TEST(LiveDemo, GoesOnAfterAPause) {
  Seen seen;
  std::int64_t paused_at = -1;
  run(options(), seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (paused_at < 0 && now.frames > 0) {
      command(LiveCommand::pause);
      paused_at = now.frames;
    } else if (now.paused) {
      command(LiveCommand::pause);
    } else if (paused_at >= 0 && now.frames > paused_at + 20) {
      command(LiveCommand::quit);
    }
  });
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
}

TEST(LiveDemo, TheQueueGetsOneRequestMoreWhenAskedTo) {
  LiveDemoOptions demo = options();
  demo.first_way = "queue";
  demo.ways[2].requests = 3;
  Seen seen;
  bool asked = false;
  run(demo, seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (now.requests == 3 && !std::exchange(asked, true)) command(LiveCommand::more_requests);
    if (now.requests == 4) command(LiveCommand::quit);
  });
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
}

TEST(LiveDemo, InTheNaiveLoopEveryFrameIsDrawn) {
  LiveDemoOptions demo = options();
  demo.naive = true;
  demo.frames = 50;
  Seen seen;
  const LiveSummary summary = run(demo, seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) {});
  EXPECT_GE(seen.pictures, 49) << "the last one may come with the end";
  EXPECT_EQ(summary.figures.frames, 50);
}

TEST(LiveDemo, AViewThatFailsEndsItWithItsOwnErrorAndTellsItsViewers) {
  Seen seen;
  EXPECT_THAT(
      [&] {
        run(options(), seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) { throw Error("no ink"); });
      },
      testing::ThrowsMessage<Error>("no ink"));
  EXPECT_EQ(seen.reason, "no ink");
}

TEST(LiveDemo, AViewThatCannotBeMadeEndsItBeforeAnyFrame) {
  Progress progress;
  LiveDemo demo(options(), progress, {});
  EXPECT_THROW(demo.run([](const LiveCommands&) -> std::unique_ptr<LiveView> { throw Error("no screen"); }, {}), Error);
}

TEST(LiveDemo, StopFromOutsideEndsIt) {
  Progress progress;
  LiveDemo demo(options(), progress, {});
  std::stop_source stop;
  Seen seen;
  demo.run(
      [&](LiveCommands commands) {
        return std::make_unique<ScriptedView>(
            seen,
            [&](const LiveFigures& now, const Canvas*, const LiveCommands&) {
              if (now.frames > 5) stop.request_stop();
            },
            std::move(commands));
      },
      stop.get_token());
  EXPECT_THAT(seen.reason, HasSubstr("stopped"));
}

}  // namespace
}  // namespace inflight
