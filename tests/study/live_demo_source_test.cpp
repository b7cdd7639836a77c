// The demonstration on a source that has a pace of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_view.hpp"

namespace inflight {
namespace {

using test::options;
using test::run;
using test::Seen;
using testing::HasSubstr;

TEST(LiveDemoSource, ThePictureOfALiveSourceThatStandsStillGrowsOlder) {
  LiveDemoOptions demo = options();
  demo.input = "lavfi:testsrc2=size=320x240:rate=30,realtime";
  Seen seen;
  double oldest = 0;
  run(demo, seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    oldest = std::max(oldest, now.age);
    if (!now.paused && seen.pictures > 3) command(LiveCommand::pause);
    if (now.paused && now.age > 1500) command(LiveCommand::quit);
  });
  EXPECT_GT(oldest, 1500);
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
  EXPECT_GE(seen.last.age, oldest);
}

TEST(LiveDemoSource, OfALiveSourceTheFrameOfTheMeasurementIsNoneOfThoseAskedFor) {
  for (const int frames : {1, 3}) {
    LiveDemoOptions demo = options();
    demo.input = "lavfi:testsrc2=size=320x240:rate=30,realtime";
    demo.frames = frames;
    Seen seen;
    EXPECT_EQ(run(demo, seen, [](const LiveFigures&, const Canvas*, const LiveCommands&) {}).figures.frames, frames);
  }
}

TEST(LiveDemoSource, ASettingThatWasNotMeasuredIsNotCreditedWithAnothersSpeed) {
  LiveDemoOptions demo = options();
  demo.input = "lavfi:testsrc2=size=320x240:rate=5,realtime";
  Seen seen;
  bool asked = false;
  std::string before, after;
  run(demo, seen, [&](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (now.message.empty()) return;
    (asked ? after : before) = now.message;
    if (now.hint == "latency" && !std::exchange(asked, true)) command(LiveCommand::hint);
    if (now.hint == "throughput") command(LiveCommand::quit);
  });
  EXPECT_THAT(before, HasSubstr("could do"));
  EXPECT_THAT(after, testing::AllOf(HasSubstr("source-bound"), HasSubstr("keeps up")));
}

TEST(LiveDemoSource, OfALiveSourceItSaysWhatBoundsIt) {
  LiveDemoOptions demo = options();
  demo.input = "lavfi:testsrc2=size=320x240:rate=5,realtime";
  Seen seen;
  run(demo, seen, [](const LiveFigures& now, const Canvas*, const LiveCommands& command) {
    if (now.message.find("source-bound") != std::string::npos) command(LiveCommand::quit);
  });
  EXPECT_TRUE(seen.last.live);
  EXPECT_THAT(seen.reason, HasSubstr("a viewer ended it"));
}

}  // namespace
}  // namespace inflight
