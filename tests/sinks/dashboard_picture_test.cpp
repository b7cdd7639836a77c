// The picture on the dashboard, and what is written on it.
#include <gtest/gtest.h>

#include "painted_dashboard.hpp"

namespace inflight {
namespace {

using test::colored;
using test::example_figures;
using test::layout_of;
using test::painted;
using test::pixel;
using test::sizes;
using test::what_was_there_before;

TEST(DashboardPicture, KeepsThePicturesProportions) {
  for (const auto& [width, height] : sizes) {
    for (const auto& [w, h] : {std::pair{320, 240}, {64, 360}, {1280, 200}, {1, 1}}) {
      const Canvas picture = colored(w, h, {1, 0, 0, 1});
      const Canvas canvas = painted(width, height, example_figures(), &picture);
      const Area red =
          test::bounds_of(width, height, [&](int x, int y) { return pixel(canvas, x, y) == test::Rgb{255, 0, 0}; });
      EXPECT_EQ(red, fitted(layout_of(canvas, example_figures()).picture, w, h)) << w << "x" << h;
      EXPECT_EQ(what_was_there_before(canvas).width, 0) << "beside a picture of " << w << "x" << h;
    }
  }
}

TEST(DashboardPicture, CopiesAPictureOfTheSizeThatItAsksFor) {
  for (const auto& [width, height] : sizes) {
    for (const auto& [w, h] : {std::pair{1280, 720}, {176, 144}, {640, 272}, {3, 1000}}) {
      const Size size = picture_size_on_dashboard(width, height, w, h);
      Canvas picture(size.width, size.height);
      for (int y = 0; y < size.height; ++y) {  // scaled, this would be grey
        for (int x = y % 2; x < size.width; x += 2) picture.filled_rectangle(x, y, 1, 1, {1, 1, 1, 1});
      }
      LiveFigures clip = example_figures();
      clip.live = false;  // nothing is written on it
      const Canvas canvas = painted(width, height, clip, &picture);
      const Area at = fitted(layout_of(canvas, clip).picture, size.width, size.height);
      EXPECT_EQ((Size{at.width, at.height}), size);
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          ASSERT_EQ(pixel(canvas, at.x + x, at.y + y), pixel(picture, x, y)) << w << "x" << h;
        }
      }
    }
  }
}

TEST(DashboardPicture, ShowsTheWholePicture) {
  Canvas picture = colored(200, 100, {1, 0, 0, 1});
  picture.filled_rectangle(100, 0, 100, 50, {0, 0, 1, 1});
  const Canvas canvas = painted(1280, 720, example_figures(), &picture);
  const Area at = fitted(layout_of(canvas, example_figures()).picture, 200, 100);
  EXPECT_EQ(pixel(canvas, at.x, at.y), (test::Rgb{255, 0, 0}));
  EXPECT_EQ(pixel(canvas, at.right() - 1, at.y), (test::Rgb{0, 0, 255}));
  EXPECT_EQ(pixel(canvas, at.right() - 1, at.bottom() - 1), (test::Rgb{255, 0, 0}));
}

TEST(DashboardPicture, LaysTheMessageOnTheLowerEdgeOfThePicture) {
  LiveFigures figures = example_figures();
  const std::string words = "the source gives 30 frames/s, and no way can be faster than what comes in; ";
  for (const std::string& message : {std::string("short"), words, words + words + words + words + words}) {
    figures.message = message;
    for (const auto& [width, height] : sizes) {
      const Canvas canvas = painted(width, height, figures);
      const Area picture = fitted(layout_of(canvas, figures).picture, 320, 240);
      const Area band = test::difference(canvas, painted(width, height, example_figures()));
      EXPECT_EQ(band.bottom(), picture.bottom());
      EXPECT_EQ(band.width, picture.width);
      EXPECT_LE(band.height, 0.5 * picture.height) << message;
    }
  }
}

TEST(DashboardPicture, WritesTheAgeOfALivePictureIntoItsCorner) {
  for (const auto& [width, height] : sizes) {
    LiveFigures figures = example_figures(), clip = figures;
    clip.live = false;
    const Canvas without = painted(width, height, clip);
    const Area picture = fitted(layout_of(without, clip).picture, 320, 240);
    for (const double age : {0.0, 34.0, 999.0, 61'000.0, 1e7}) {
      figures.age = age;
      const Area pill = test::difference(without, painted(width, height, figures));
      EXPECT_GT(pill.width, 8);
      EXPECT_LT(pill.right(), picture.x + 0.5 * picture.width) << age;
      EXPECT_LT(pill.bottom(), picture.y + 0.25 * picture.height) << age;
    }
    EXPECT_EQ(test::difference(painted(width, height, clip, nullptr), painted(width, height, figures, nullptr)).width,
              0)
        << "there is no picture that could be old";
  }
}

}  // namespace
}  // namespace inflight
