// Where things are on the dashboard: nothing overlaps, nothing leaves the canvas.
#include "sinks/dashboard_layout.hpp"

#include <gtest/gtest.h>

#include "areas.hpp"

namespace inflight {
namespace {

using test::NamedArea;

bool overlap(const Area& a, const Area& b) {
  return std::max(a.x, b.x) < std::min(a.right(), b.right()) && std::max(a.y, b.y) < std::min(a.bottom(), b.bottom());
}

bool inside(const Area& a, const Area& room) {
  return a.x >= room.x && a.y >= room.y && a.right() <= room.right() && a.bottom() <= room.bottom();
}

constexpr std::pair<int, int> sizes[] = {{640, 360},  {1280, 720}, {1920, 1080}, {3840, 2160}, {800, 600}, {720, 720},
                                         {1600, 360}, {480, 800},  {360, 640},   {1080, 1920}, {719, 721}, {641, 479}};

TEST(DashboardLayout, KeepsAllAreasApartAndInTheCanvas) {
  for (const auto& [width, height] : sizes) {
    for (const std::size_t ways : {0U, 1U, 3U, 6U}) {
      for (const std::size_t requests : {0U, 1U, 2U, 8U, 32U, 256U, 5000U}) {
        const DashboardLayout layout = lay_out_dashboard(width, height, ways, requests);
        const std::vector<NamedArea> areas = test::areas_of(layout);
        for (std::size_t i = 0; i < areas.size(); ++i) {
          const auto& [name, area] = areas[i];
          SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height) + " " + name);
          EXPECT_TRUE(inside(area, {0, 0, width, height}));
          EXPECT_GT(area.width, 0) << requests;
          EXPECT_GT(area.height, 0) << requests;
          for (std::size_t other = 0; other < i; ++other) {
            EXPECT_FALSE(overlap(area, areas[other].area)) << areas[other].name;
          }
          if (name != "picture" && name != "keys") {
            EXPECT_TRUE(inside(area, layout.panel));
          }
        }
        EXPECT_FALSE(overlap(layout.panel, layout.picture));
        EXPECT_FALSE(overlap(layout.panel, layout.keys));
      }
    }
  }
}

TEST(DashboardLayout, HasLettersThatCanBeRead) {
  for (const auto& [width, height] : sizes) {
    const DashboardLayout layout = lay_out_dashboard(width, height, 3, 8);
    EXPECT_GE(layout.line, 13) << width << "x" << height;
    EXPECT_GE(layout.keys.height / (layout.key_lines + 0.5), 11.5) << width << "x" << height;
  }
  EXPECT_GE(lay_out_dashboard(1280, 720, 3, 8).line, 20);
}

TEST(DashboardLayout, GivesThePictureTheLargerPart) {
  for (const auto& [width, height] : {std::pair{640, 360}, {1280, 720}, {1920, 1080}}) {
    const Area picture = fitted(lay_out_dashboard(width, height, 3, 8).picture, 16, 9);
    EXPECT_GE(picture.width, 0.6 * width);
  }
  const DashboardLayout upright = lay_out_dashboard(480, 800, 3, 8);
  EXPECT_EQ(fitted(upright.picture, 16, 9).width, 480);
  EXPECT_GE(upright.panel.y, upright.picture.bottom()) << "the figures are below";
}

TEST(DashboardLayout, HasACellForEveryRequest) {
  for (const auto& [width, height] : sizes) {
    for (const std::size_t requests : {1U, 8U, 32U, 256U}) {
      const auto cells = lay_out_dashboard(width, height, 3, requests).cells;
      EXPECT_EQ(cells.size(), requests);
      for (const Area& cell : cells) EXPECT_LE(cell.width, 3.6 * cell.height + 4) << "that is a bar";
    }
  }
  EXPECT_LE(lay_out_dashboard(1280, 720, 3, 100'000).cells.size(), 1000U);
}

TEST(DashboardLayout, StaysInCanvasesThatAreTooSmall) {
  for (const auto& [width, height] : {std::pair{1, 1}, {2, 300}, {300, 2}, {40, 30}, {160, 90}, {90, 160}}) {
    for (const auto& [name, area] : test::areas_of(lay_out_dashboard(width, height, 3, 256))) {
      EXPECT_TRUE(inside(area, {0, 0, width, height})) << name << " " << width << "x" << height;
      EXPECT_GE(area.width, 0);
      EXPECT_GE(area.height, 0);
    }
  }
}

TEST(Fitted, KeepsProportionsInTheMiddle) {
  const Area room{10, 20, 400, 300};
  EXPECT_EQ(fitted(room, 1280, 720), (Area{10, 20 + 37, 400, 225}));
  EXPECT_EQ(fitted(room, 100, 100), (Area{60, 20, 300, 300}));
  EXPECT_EQ(fitted(room, 4, 3), room);
  EXPECT_EQ(fitted(room, 0, 3), room);
}

}  // namespace
}  // namespace inflight
