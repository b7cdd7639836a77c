// What was found, drawn on a picture.
#include "inflight/vision/overlay.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "clips.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using test::TemporaryFile;

struct Bgra {
  int blue = 0, green = 0, red = 0, alpha = 0;

  bool operator==(const Bgra&) const = default;
};

Bgra pixel(const Canvas& canvas, int x, int y) {
  const std::uint8_t* p = canvas.data() + y * canvas.stride() + 4 * x;
  return {p[0], p[1], p[2], p[3]};
}

int changed_pixels(const Canvas& a, const Canvas& b, int x0, int y0, int x1, int y1) {
  int count = 0;
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) count += pixel(a, x, y) == pixel(b, x, y) ? 0 : 1;
  }
  return count;
}

TEST(PaintDetections, DrawsBoxesLandmarksAndTags) {
  const Canvas plain(320, 240);
  Canvas canvas(320, 240);
  Detection face;
  face.box = {100, 80, 200, 180};
  face.score = 0.98F;
  face.landmark_count = 5;
  face.landmarks = {{{120, 110}, {180, 110}, {150, 130}, {130, 160}, {170, 160}}};
  const std::vector<std::string> labels{"face"};
  paint_detections(canvas, {{face}}, labels);
  for (const int x : {110, 150, 190}) {
    EXPECT_NE(pixel(canvas, x, 80), (Bgra{})) << "top edge";
    EXPECT_NE(pixel(canvas, x, 180), (Bgra{})) << "bottom edge";
  }
  for (const Point& point : face.landmarks) {
    EXPECT_NE(pixel(canvas, static_cast<int>(point.x), static_cast<int>(point.y)), (Bgra{}));
  }
  EXPECT_EQ(pixel(canvas, 150, 100), (Bgra{})) << "the inside stays free";
  EXPECT_GT(changed_pixels(canvas, plain, 100, 66, 160, 79), 200) << "the tag above the box";

  Canvas other(320, 240);
  paint_detections(other, {{face}}, {});
  EXPECT_GT(changed_pixels(canvas, other, 100, 60, 200, 80), 20) << "a number where there is no name";
}

TEST(PaintDetections, KeepsTagsInThePicture) {
  for (const Box& box : {Box{300, 0, 320, 20}, Box{0, 0, 319, 239}, Box{310, 230, 320, 240}}) {
    Canvas canvas(320, 240);
    Detection detection;
    detection.box = box;
    paint_detections(canvas, {{detection}}, {{std::string("bicycle")}});
    int light = 0;
    for (int y = 0; y < 240; ++y) {
      for (int x = 0; x < 320; ++x) light += pixel(canvas, x, y).green > 150 ? 1 : 0;
    }
    Canvas bare(320, 240);
    const double width = bare.label_width("bicycle 0.00", 10);
    EXPECT_GT(light, width * 10 * 0.15) << box.x0 << "," << box.y0;
  }
}

TEST(PaintDetections, SurvivesUnexpectedLabels) {
  Canvas canvas(50, 50);
  Detection detection;
  detection.box = {5, 5, 20, 20};
  detection.label = -3;
  EXPECT_NO_THROW(paint_detections(canvas, {{detection}}, {{std::string("a")}}));
  EXPECT_NE(pixel(canvas, 12, 20), (Bgra{}));
}

TEST(PaintDetections, DrawsOnAfterALabelThatIsNoText) {
  Canvas canvas(200, 100);
  Detection first, second;
  first.box = {10, 30, 60, 80};
  second.box = {120, 30, 170, 80};
  second.label = 1;
  paint_detections(canvas, {{first, second}}, {{std::string("caf\xE9"), std::string("b")}});
  EXPECT_NE(pixel(canvas, 145, 30), (Bgra{}));
}

TEST(PaintCaption, StandsInTheTopLeftCorner) {
  Canvas canvas(640, 272);
  const Canvas plain(640, 272);
  paint_caption(canvas, "async, 731 fps");
  EXPECT_GT(changed_pixels(canvas, plain, 0, 0, 120, 12), 500);
  EXPECT_EQ(changed_pixels(canvas, plain, 0, 40, 640, 272), 0);
  Canvas empty(640, 272);
  paint_caption(empty, "");
  EXPECT_EQ(changed_pixels(empty, plain, 0, 0, 640, 272), 0);
}

TEST(ReadLabels, TakesOneLabelPerLine) {
  const TemporaryFile file(".txt");
  std::ofstream(file.path()) << "background\r\nface\n\nlast one";
  EXPECT_EQ(read_labels(file.path()), (std::vector<std::string>{"background", "face", "", "last one"}));
  EXPECT_THROW(read_labels(file.path() + ".missing"), Error);
  EXPECT_THROW(read_labels(::testing::TempDir()), Error);
}

}  // namespace
}  // namespace inflight
