// What the dashboard shows, and where.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "areas.hpp"
#include "painted_dashboard.hpp"

namespace inflight {
namespace {

using test::example_figures;
using test::layout_of;
using test::middle;
using test::painted;
using test::pixel;
using test::rgb_of;
using test::sizes;
using test::what_was_there_before;
using test::within;

TEST(Dashboard, ShowsEveryFigureInItsPlace) {
  struct Change {
    const char* what;
    std::function<void(LiveFigures&)> make;
    std::function<Area(const DashboardLayout&)> where;
  };
  const std::vector<Change> changes{
      {"fps", [](LiveFigures& f) { f.fps = 7; }, [](const DashboardLayout& at) { return at.speed; }},
      {"cores used", [](LiveFigures& f) { f.cores_used = 3.1; }, [](const DashboardLayout& at) { return at.cores; }},
      {"cores", [](LiveFigures& f) { f.cores = 9; }, [](const DashboardLayout& at) { return at.cores; }},
      {"p50", [](LiveFigures& f) { f.latency_p50 = 3; }, [](const DashboardLayout& at) { return at.latency; }},
      {"p99", [](LiveFigures& f) { f.latency_p99 = 9; }, [](const DashboardLayout& at) { return at.latency; }},
      {"frames", [](LiveFigures& f) { f.frames = 3; }, [](const DashboardLayout& at) { return at.frames; }},
      {"seconds", [](LiveFigures& f) { f.seconds = 3; }, [](const DashboardLayout& at) { return at.frames; }},
      {"dropped", [](LiveFigures& f) { f.dropped = 3; }, [](const DashboardLayout& at) { return at.dropped; }},
      {"failed", [](LiveFigures& f) { f.failed = 3; }, [](const DashboardLayout& at) { return at.dropped; }},
      {"age", [](LiveFigures& f) { f.age = 99; }, [](const DashboardLayout& at) { return fitted(at.picture, 4, 3); }},
      {"not live", [](LiveFigures& f) { f.live = false; },
       [](const DashboardLayout& at) { return fitted(at.picture, 4, 3); }},
      {"paused", [](LiveFigures& f) { f.paused = true; }, [](const DashboardLayout& at) { return at.state; }},
      {"ended", [](LiveFigures& f) { f.ended = true; }, [](const DashboardLayout& at) { return at.state; }},
      {"source", [](LiveFigures& f) { f.source = "b"; }, [](const DashboardLayout& at) { return at.source; }},
      {"pace", [](LiveFigures& f) { f.source_fps = 5; }, [](const DashboardLayout& at) { return at.source; }},
      {"model", [](LiveFigures& f) { f.model = "b"; }, [](const DashboardLayout& at) { return at.model; }},
      {"device", [](LiveFigures& f) { f.device = "GPU"; }, [](const DashboardLayout& at) { return at.device; }},
      {"hint", [](LiveFigures& f) { f.hint = "latency"; }, [](const DashboardLayout& at) { return at.hint; }},
      {"ratio", [](LiveFigures& f) { f.ways[1].ratio_to_sync = 7.7; },
       [](const DashboardLayout& at) { return at.ways[1].figures; }},
      {"its own ratio", [](LiveFigures& f) { f.ways[0].ratio_to_sync = 0; },
       [](const DashboardLayout& at) { return at.ways[0].figures; }},
      {"message", [](LiveFigures& f) { f.message = "the camera is slow"; },
       [](const DashboardLayout& at) { return fitted(at.picture, 4, 3); }},
  };
  for (const auto& [width, height] : sizes) {
    const LiveFigures before = example_figures();
    const Canvas canvas = painted(width, height, before);
    for (const Change& change : changes) {
      LiveFigures after = before;
      change.make(after);
      const Area changed = test::difference(canvas, painted(width, height, after));
      EXPECT_GT(changed.width * changed.height, 8) << change.what << " is not shown at " << width << "x" << height;
      EXPECT_TRUE(within(changed, change.where(layout_of(canvas, before)), 1))
          << change.what << " changes " << changed.x << "," << changed.y << " " << changed.width << "x"
          << changed.height;
    }
  }
}

TEST(Dashboard, ShowsThreeDigitsOfASpeed) {
  const auto differ = [](double one, double other) {
    LiveFigures figures = example_figures();
    figures.fps = one;
    const Canvas canvas = painted(1280, 720, figures);
    figures.fps = other;
    return test::difference(canvas, painted(1280, 720, figures)).width > 0;
  };
  EXPECT_TRUE(differ(17.1, 17.4));
  EXPECT_FALSE(differ(171.1, 171.4));
  EXPECT_TRUE(differ(99.8, 100.1));
}

TEST(Dashboard, HasRoomForAllKeys) {
  for (const auto& [width, height] : sizes) {
    const Canvas canvas = painted(width, height, example_figures());
    const Area keys = layout_of(canvas, example_figures()).keys;
    const test::Rgb background = pixel(canvas, keys.right() - 1, keys.bottom() - 1);
    const Area ink =
        test::bounds_of(width, height, [&](int x, int y) { return y >= keys.y && pixel(canvas, x, y) != background; });
    EXPECT_GT(ink.width, 0.6 * width);
    EXPECT_LT(ink.right(), width - 4);
  }
}

TEST(Dashboard, TellsTheEndFromAPause) {
  LiveFigures paused = example_figures(), ended = paused, both = paused;
  paused.paused = ended.ended = both.paused = both.ended = true;
  const Canvas canvas = painted(1280, 720, ended);
  EXPECT_GT(test::difference(canvas, painted(1280, 720, paused)).width, 8);
  EXPECT_EQ(test::difference(canvas, painted(1280, 720, both)).width, 0);
}

TEST(Dashboard, PaintsNothingBesideItsAreas) {
  LiveFigures many = test::with_long_names();
  many.requests = 256;
  many.in_flight = 200;
  many.paused = true;
  many.message = many.source;
  LiveFigures some = example_figures();
  some.requests = 32;
  for (const auto& [width, height] : sizes) {
    for (const LiveFigures& figures : {example_figures(), LiveFigures{}, many, some}) {
      const Canvas canvas = painted(width, height, figures);
      const DashboardLayout layout = layout_of(canvas, figures);
      std::vector<bool> owned(static_cast<std::size_t>(width * height));
      for (const auto& [name, area] : test::areas_of(layout)) {
        for (int y = area.y; y < area.bottom(); ++y) {  // letters may lean out by a pixel
          for (int x = std::max(area.x - 1, 0); x < std::min(area.right() + 1, width); ++x) {
            owned[static_cast<std::size_t>(y * width + x)] = true;
          }
        }
      }
      const test::Rgb background = pixel(canvas, layout.panel.x, layout.panel.y);
      const Area stray = test::bounds_of(width, height, [&](int x, int y) {
        return !owned[static_cast<std::size_t>(y * width + x)] && pixel(canvas, x, y) != background;
      });
      EXPECT_EQ(stray.width, 0) << stray.x << "," << stray.y << " at " << width << "x" << height;
    }
  }
}

TEST(Dashboard, DrawsBarsInProportionAndInTheColoursOfTheirWays) {
  for (const auto& [width, height] : sizes) {
    const LiveFigures figures = example_figures();
    const Canvas canvas = painted(width, height, figures);
    const DashboardLayout layout = layout_of(canvas, figures);
    for (std::size_t i = 0; i < figures.ways.size(); ++i) {
      const Area& bar = layout.ways[i].bar;
      const test::Rgb color = rgb_of(way_color(figures.ways[i].name));
      const int middle_row = bar.y + bar.height / 2;
      const Area filled =
          test::bounds_of(width, height, [&](int x, int y) { return y == middle_row && pixel(canvas, x, y) == color; });
      EXPECT_NEAR(filled.x, bar.x, 1);
      EXPECT_NEAR(filled.width, bar.width * figures.ways[i].fps / 1018, 3) << figures.ways[i].name;
    }
  }
  // As in web/page.css, dark.
  EXPECT_EQ(rgb_of(way_color("sync")), (test::Rgb{0x94, 0xa4, 0xb8}));
  EXPECT_EQ(rgb_of(way_color("two-requests")), (test::Rgb{0xd9, 0xa4, 0x41}));
  EXPECT_EQ(rgb_of(way_color("queue")), (test::Rgb{0x4d, 0x9f, 0xf0}));
}

TEST(Dashboard, FillsACellForEveryRequestInFlight) {
  for (const auto& [width, height] : sizes) {
    for (const auto& [requests, in_flight] : {std::pair{8U, 6U}, {1U, 0U}, {1U, 1U}, {32U, 31U}, {256U, 100U}}) {
      for (const std::size_t running : {0U, 1U, 2U}) {
        LiveFigures figures = example_figures();
        figures.requests = requests;
        figures.in_flight = in_flight;
        figures.running = running;
        const Canvas canvas = painted(width, height, figures);
        std::size_t full = 0;
        for (const Area& cell : layout_of(canvas, figures).cells) {
          full += middle(canvas, cell) == rgb_of(way_color(figures.ways[running].name)) ? 1 : 0;
        }
        EXPECT_EQ(full, in_flight) << "of " << requests << " at " << width << "x" << height;
      }
    }
  }
}

TEST(Dashboard, ShowsTheWholeHintBesideWhatADeviceTellsOfItself) {
  for (const auto& [width, height] : sizes) {
    for (const char* hint : {"throughput", "cumulative_throughput"}) {
      LiveFigures figures = example_figures();
      figures.device = "CPU, 16 streams, 16 threads, bf16";
      figures.hint = hint;
      const Canvas canvas = painted(width, height, figures);
      figures.hint += 'x';  // of a word that is cut off, its end is not seen
      EXPECT_GT(test::difference(canvas, painted(width, height, figures)).width, 0) << hint << " at " << width;
    }
  }
}

TEST(Dashboard, IsWholeWithoutPictureWaysOrFigures) {
  LiveFigures nothing;
  nothing.cores_used = std::numeric_limits<double>::quiet_NaN();
  nothing.latency_p50 = std::numeric_limits<double>::infinity();
  nothing.running = 7;
  nothing.requests = 0;
  for (const auto& [width, height] : sizes) {
    const Canvas canvas = painted(width, height, nothing, nullptr);
    EXPECT_EQ(what_was_there_before(canvas).width, 0);
  }
}

TEST(Dashboard, FitsIntoTheSmallestCanvas) {
  for (const auto& [width, height] : {std::pair{1, 1}, {3, 200}, {200, 3}, {40, 30}, {160, 90}}) {
    EXPECT_NO_THROW(painted(width, height, test::with_long_names())) << width << "x" << height;
  }
}

}  // namespace
}  // namespace inflight
