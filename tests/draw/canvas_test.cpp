// Drawing on a picture in memory.
#include "inflight/draw/canvas.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
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

TEST(Canvas, RoundsCorners) {
  Canvas canvas(40, 40);
  canvas.filled_rectangle(5, 5, 30, 20, red, 8);
  for (const auto& [x, y] : {std::pair{5, 5}, {34, 5}, {5, 24}, {34, 24}}) EXPECT_LT(pixel(canvas, x, y).alpha, 80);
  for (const auto& [x, y] : {std::pair{20, 5}, {20, 24}, {5, 15}, {34, 15}, {8, 8}, {31, 21}}) {
    EXPECT_EQ(pixel(canvas, x, y), opaque_red) << x << "," << y;
  }
  canvas.filled_rectangle(5, 30, 30, 6, red, 100);  // more than there is room for: half circles
  EXPECT_EQ(pixel(canvas, 20, 30), opaque_red);
  EXPECT_LT(pixel(canvas, 5, 30).alpha, 80);
}

/// Columns that hold anything, from the first to the last.
std::pair<int, int> columns_with_ink(const Canvas& canvas) {
  int first = canvas.width(), last = -1;
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) {
      if (pixel(canvas, x, y) == Bgra{}) continue;
      first = std::min(first, x), last = std::max(last, x);
    }
  }
  return {first, last};
}

TEST(Canvas, AlignsTextWithoutAPanel) {
  const std::string text = "8.5 ms";
  for (const bool bold : {false, true}) {
    for (const auto align : {TextAlign::left, TextAlign::center, TextAlign::right}) {
      Canvas canvas(300, 40);
      const TextStyle style{.size = 20, .color = white, .bold = bold, .align = align};
      canvas.text(150, 10, text, style);
      const double width = canvas.text_width(text, style);
      const double left = align == TextAlign::left ? 150 : align == TextAlign::right ? 150 - width : 150 - width / 2;
      const auto [first, last] = columns_with_ink(canvas);
      EXPECT_NEAR(first, left, 3);
      EXPECT_NEAR(last, left + width, 3);
      for (int x = 0; x < 300; ++x) {
        EXPECT_EQ(pixel(canvas, x, 9), Bgra{});
        EXPECT_EQ(pixel(canvas, x, 30), Bgra{});
      }
    }
  }
}

TEST(Canvas, KeepsColumnsOfFiguresInLine) {
  const Canvas canvas(10, 10);
  const auto width = [&](const char* text, bool bold) { return canvas.text_width(text, {.size = 20, .bold = bold}); };
  for (const bool bold : {false, true}) EXPECT_DOUBLE_EQ(width("111.1", bold), width("888.8", bold));
  EXPECT_GT(width("figures", true), width("figures", false));
}

TEST(Canvas, DrawsWhatIsNoTextAsQuestionMarks) {
  const Canvas canvas(10, 10);
  const auto width = [&](std::string_view text) { return canvas.text_width(text, {.size = 20}); };
  for (const std::string_view bytes : {"\xFF", "\xC3", "\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xE2\x82"}) {
    EXPECT_DOUBLE_EQ(width(std::string("a") + std::string(bytes)), width("a" + std::string(bytes.size(), '?')));
  }
  EXPECT_DOUBLE_EQ(width(std::string_view("a\0b", 3)), width("a?b"));
  EXPECT_LT(width("\u00E9\u20AC"), width("?????"));
}

TEST(Canvas, DrawsOnAfterWhatIsNoText) {
  Canvas canvas(60, 30);
  canvas.label(0, 0, "\xE9", 10, white, black);
  canvas.filled_rectangle(40, 20, 5, 5, red);
  EXPECT_EQ(pixel(canvas, 42, 22), opaque_red);
}

Canvas checked(int width, int height) {
  Canvas canvas(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) canvas.filled_rectangle(x, y, 1, 1, (x + y) % 2 == 0 ? red : white);
  }
  return canvas;
}

TEST(Canvas, PastesAnotherPixelForPixel) {
  Canvas canvas(20, 20);
  canvas.filled_rectangle(0, 0, 20, 20, {0.4, 0.4, 0.4, 1});
  Canvas other = checked(5, 4);
  other.data()[3] = 0;  // what is not opaque replaces as well
  other.touched();
  canvas.paste(other, 7, 9, 5, 4);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const bool inside = x >= 7 && x < 12 && y >= 9 && y < 13;
      ASSERT_EQ(pixel(canvas, x, y), inside ? pixel(other, x - 7, y - 9) : (Bgra{102, 102, 102, 255})) << x << "," << y;
    }
  }
}

TEST(Canvas, PastesAnotherScaledUpToItsEdges) {
  Canvas left_red(10, 10);
  left_red.filled_rectangle(0, 0, 10, 10, white);
  left_red.filled_rectangle(0, 0, 5, 10, red);
  for (const auto& [width, height] : {std::pair{30, 50}, {6, 8}, {10, 30}}) {
    Canvas canvas(70, 70);
    canvas.filled_rectangle(0, 0, 70, 70, black);
    canvas.paste(left_red, 10, 12, width, height);
    for (const int y : {12, 12 + height / 2, 12 + height - 1}) {
      EXPECT_EQ(pixel(canvas, 10, y), opaque_red);
      EXPECT_EQ(pixel(canvas, 10 + width - 1, y), (Bgra{255, 255, 255, 255}));
      EXPECT_EQ(pixel(canvas, 9, y), (Bgra{0, 0, 0, 255}));
      EXPECT_EQ(pixel(canvas, 10 + width, y), (Bgra{0, 0, 0, 255}));
    }
    EXPECT_EQ(pixel(canvas, 15, 11), (Bgra{0, 0, 0, 255}));
    EXPECT_EQ(pixel(canvas, 15, 12 + height), (Bgra{0, 0, 0, 255}));
  }
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
