// Drawing on a picture in memory.
#include "inflight/draw/canvas.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

constexpr Color red{1, 0, 0, 1};
constexpr Color white{1, 1, 1, 1};
constexpr Color black{0, 0, 0, 1};

struct Bgra {
  int blue = 0, green = 0, red = 0, alpha = 0;

  bool operator==(const Bgra&) const = default;
};

constexpr Bgra opaque_red{0, 0, 255, 255};

Bgra pixel(const Canvas& canvas, int x, int y) {
  const std::uint8_t* p = canvas.data() + y * canvas.stride() + 4 * x;
  return {p[0], p[1], p[2], p[3]};
}

TEST(Canvas, HasTheSizeItWasMadeWithAndStartsEmpty) {
  const Canvas canvas(17, 9);
  EXPECT_EQ(canvas.width(), 17);
  EXPECT_EQ(canvas.height(), 9);
  EXPECT_GE(canvas.stride(), 17 * 4);
  EXPECT_EQ(pixel(canvas, 16, 8), (Bgra{}));
}

TEST(Canvas, RefusesSizesThatCannotBe) {
  EXPECT_THROW(Canvas(-1, 10), Error);
  EXPECT_THROW(Canvas(100000, 10), Error);
}

TEST(Canvas, FillsARectangleAndNothingElse) {
  Canvas canvas(20, 20);
  canvas.filled_rectangle(5, 6, 7, 8, red);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const bool inside = x >= 5 && x < 12 && y >= 6 && y < 14;
      ASSERT_EQ(pixel(canvas, x, y), inside ? opaque_red : Bgra{}) << x << "," << y;
    }
  }
}

TEST(Canvas, DrawsTheOutlineOfARectangle) {
  Canvas canvas(40, 40);
  canvas.rectangle(10, 10, 20, 20, red, 2);
  EXPECT_EQ(pixel(canvas, 20, 10), opaque_red);
  EXPECT_EQ(pixel(canvas, 20, 29), opaque_red);
  EXPECT_EQ(pixel(canvas, 10, 20), opaque_red);
  EXPECT_EQ(pixel(canvas, 29, 20), opaque_red);
  EXPECT_EQ(pixel(canvas, 20, 20), (Bgra{}));
  EXPECT_EQ(pixel(canvas, 5, 20), (Bgra{}));
}

TEST(Canvas, DrawsADotAndNoLineToTheNextOne) {
  Canvas canvas(40, 20);
  canvas.dot(8, 10, 3, red);
  canvas.dot(32, 10, 3, red);
  EXPECT_EQ(pixel(canvas, 8, 10), opaque_red);
  EXPECT_EQ(pixel(canvas, 32, 10), opaque_red);
  EXPECT_EQ(pixel(canvas, 20, 10), (Bgra{}));
  EXPECT_EQ(pixel(canvas, 8, 15), (Bgra{}));
}

TEST(Canvas, WritesTextOnAPanelAsWideAsItSays) {
  Canvas canvas(200, 60);
  canvas.label(20, 10, "face 0.98", 20, white, black);
  const double width = canvas.label_width("face 0.98", 20);
  EXPECT_GT(width, 60);
  EXPECT_LT(width, 150);
  int light = 0;
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 200; ++x) {
      const Bgra at = pixel(canvas, x, y);
      const bool panel = x >= 20 && x < 20 + width - 1 && y >= 10 && y < 30;
      if (panel) {
        ASSERT_EQ(at.alpha, 255) << x << "," << y;
      }
      if (x < 20 || x > 20 + width + 1 || y < 10 || y >= 30) {
        ASSERT_EQ(at, (Bgra{})) << x << "," << y;
      }
      light += at.green > 128 ? 1 : 0;
    }
  }
  EXPECT_GT(light, 200);
  EXPECT_LT(light, 1200);
  EXPECT_NEAR(canvas.label_width("face 0.98", 40), 2 * width, 0.1 * width);
}

TEST(Canvas, TakesPixelsWrittenFromOutside) {
  Canvas canvas(10, 10);
  canvas.data()[3 * canvas.stride() + 4 * 2 + 1] = 200;
  canvas.data()[3 * canvas.stride() + 4 * 2 + 3] = 255;
  canvas.touched();
  canvas.filled_rectangle(5, 5, 2, 2, red);
  EXPECT_EQ(pixel(canvas, 2, 3), (Bgra{0, 200, 0, 255}));
  EXPECT_EQ(pixel(canvas, 5, 5), opaque_red);
}

TEST(Canvas, KeepsItsPictureWhenMoved) {
  Canvas canvas(10, 10);
  canvas.filled_rectangle(0, 0, 10, 10, red);
  const Canvas moved = std::move(canvas);
  EXPECT_EQ(pixel(moved, 9, 9), opaque_red);
}

TEST(Canvas, WritesAPngAndSaysWhenItCannot) {
  const Canvas canvas(10, 10);
  const std::string path = ::testing::TempDir() + "inflight-canvas-" + std::to_string(::getpid()) + ".png";
  canvas.write_png(path.c_str());
  std::string start(4, ' ');
  std::ifstream(path, std::ios::binary).read(start.data(), 4);
  EXPECT_EQ(start, "\x89PNG");
  std::filesystem::remove(path);
  EXPECT_THROW(canvas.write_png("/no/such/folder/picture.png"), Error);
}

}  // namespace
}  // namespace inflight
