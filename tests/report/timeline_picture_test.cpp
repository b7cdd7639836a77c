#include "inflight/report/timeline_picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "example_run.hpp"
#include "inflight/base/error.hpp"
#include "report/timeline_layout.hpp"
#include "well_formed.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TimelinePicture, IsWellFormedInAPageAndAlone) {
  const ExampleRuns runs;
  EXPECT_TRUE(is_well_formed(timeline_svg(runs.ways)));
  EXPECT_TRUE(is_well_formed(timeline_figure(runs.ways)));
  EXPECT_TRUE(is_well_formed(timeline_svg(runs.ways, {}, true)));
  auto hostile = runs.ways;
  hostile[0].name = "<script>'\"&\x1b[31m\xff";
  hostile[0].note = hostile[0].name;
  EXPECT_TRUE(is_well_formed(timeline_svg(hostile)));
  EXPECT_THAT(timeline_svg(hostile), Not(HasSubstr("<script")));
}

TEST(TimelinePicture, InAPageNeedsNothingFromOutside) {
  const auto page = timeline_figure(ExampleRuns().ways);
  for (const auto* outside : {"http:", "https:", "src=", "href=", "url(", "@import", "<script"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  EXPECT_THAT(timeline_svg(ExampleRuns().ways, {}, true), HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""));
}

TEST(TimelinePicture, HasAPanelPerWayWithItsFramesCounted) {
  const auto picture = timeline_svg(ExampleRuns().ways);
  for (const auto* text :
       {">sync</text>", ">20 frames in 60 ms</text>", ">1 request, 1 stream</text>", ">two-requests</text>",
        ">30 frames in 60 ms</text>", ">2 requests, 1 stream</text>", ">queue</text>", ">48 frames in 60 ms</text>",
        ">4 requests, 2 streams; SIMULATED accelerator</text>"}) {
    EXPECT_EQ(count_of(text, picture), 1U) << text;
  }
  EXPECT_EQ(count_of(">the one thread</text>", picture), 2U);
  EXPECT_EQ(count_of(">reading thread</text>", picture), 1U);
  EXPECT_EQ(count_of(">callback thread</text>", picture), 1U);
  EXPECT_EQ(count_of(">request 1</text>", picture), 3U);
  EXPECT_EQ(count_of(">request 4</text>", picture), 1U);
  EXPECT_EQ(count_of(">stream 2 (est.)</text>", picture), 1U);
}

TEST(TimelinePicture, AFrameHasOneColourInAllLanes) {
  const auto picture = timeline_svg(ExampleRuns().ways);
  const std::regex box(R"re(<rect class="f(\d)[^>]*><title>frame (\d+) )re");
  std::map<std::string, std::set<std::string>> colors;
  for (auto at = std::sregex_iterator(picture.begin(), picture.end(), box); at != std::sregex_iterator(); ++at) {
    colors[(*at)[2]].insert((*at)[1]);
  }
  EXPECT_GT(colors.size(), 50U);
  std::set<std::string> all;
  for (const auto& [frame, of_frame] : colors) {
    EXPECT_EQ(of_frame.size(), 1U) << "frame " << frame;
    all.merge(std::set(of_frame));
  }
  EXPECT_EQ(all.size(), 6U);
}

TEST(TimelinePicture, AllWaysHaveTheSameScaleOfTime) {
  const ExampleRuns runs;
  const auto drawing = report::lay_out(runs.ways, {});
  for (const auto& patch : drawing.patches) {
    if (patch.tip.find(" executes: 2 ms") == std::string::npos) continue;
    if (patch.x > 140 && patch.x + patch.width < 1000) {
      EXPECT_NEAR(patch.width, 2 * 880.0 / 60, 0.01) << patch.tip;
    }
  }
  EXPECT_GT(count_of(" executes: 2 ms", timeline_svg(runs.ways)), 30U);
}

TEST(TimelinePicture, TellsAScreenReaderWhatItShows) {
  const auto picture = timeline_svg(ExampleRuns().ways);
  EXPECT_THAT(picture, HasSubstr("role=\"img\" aria-labelledby=\"timeline-title timeline-text\""));
  EXPECT_THAT(picture, HasSubstr("<title id=\"timeline-title\">60 ms of 3 ways</title>"));
  EXPECT_THAT(picture, HasSubstr("sync: 20 frames in 60 ms, 1 request, 1 stream. the one thread: busy 27 %, "
                                 "waits 67 %. request 1: busy 67 %. stream 1 (est.): busy 67 %."));
}

TEST(TimelinePicture, ShowsSomeFramesOfAWayThatIsSlow) {
  const auto slow = example_frames(50, 75, 74, 1), quick = example_frames(500, 0.1, 0.05, 1);
  const std::vector<TimelineWay> slow_ways{{"sync", "", slow, {}}}, quick_ways{{"sync", "", quick, {}}};
  EXPECT_EQ(report::good_length(slow_ways).count(), 500);
  EXPECT_EQ(report::good_length(quick_ways).count(), 10);
  EXPECT_THAT(timeline_svg(slow_ways, {.length = Milliseconds(150)}), HasSubstr(">2 frames in 150 ms</text>"));
}

TEST(TimelinePicture, MarksAFrameThatFailed) {
  ExampleRuns runs;
  EXPECT_THAT(timeline_svg(runs.ways), Not(HasSubstr("it failed")));
  for (FrameStamps& frame : runs.sync) frame.failed = frame.index == 50;
  EXPECT_THAT(timeline_svg(runs.ways), HasSubstr("<title>frame 50 executes: 2 ms; it failed</title>"));
}

TEST(TimelinePicture, OfNothingIsNothing) {
  EXPECT_EQ(timeline_svg({}), "");
  EXPECT_EQ(timeline_figure({}), "");
  const std::vector<TimelineWay> empty{{"sync", "", {}, {}}};
  EXPECT_EQ(timeline_figure(empty), "");
  EXPECT_THROW(write_timeline_png(testing::TempDir() + "nothing.png", empty), Error);
}

TEST(TimelinePicture, AsPngIsWhole) {
  const std::string path = testing::TempDir() + "inflight-timeline-" + std::to_string(::getpid()) + "/new/t.png";
  write_timeline_png(path, ExampleRuns().ways);
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(content.substr(1, 3), "PNG");
  EXPECT_EQ(content.substr(content.size() - 8, 4), "IEND");
  std::filesystem::remove_all(std::filesystem::path(path).parent_path().parent_path());
}

}  // namespace
}  // namespace inflight
