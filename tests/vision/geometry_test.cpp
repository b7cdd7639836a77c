// Pixels lie where they belong: half-pixel centres, letterbox, rotation, extreme sizes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "clips.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using test::Input;

constexpr auto paths = {PreprocessPath::fast, PreprocessPath::exact};

/// Where a pixel of the target lies in the source, both with their centres at half pixels.
double position(int target, int target_size, int source_size) {
  const double at = (target + 0.5) * source_size / target_size - 0.5;
  return std::clamp(at, 0.0, static_cast<double>(source_size - 1));
}

TEST(Preprocessor, ScalesWithHalfPixelCentres) {
  constexpr int width = 40, height = 30;
  const Frame across = test::luma_picture(width, height, [](int x, int) { return 20 + 5 * x; });
  const Frame down = test::luma_picture(width, height, [](int, int y) { return 20 + 7 * y; });
  for (const auto path : paths) {
    for (const auto& [w, h] : {std::pair{16, 16},
                               {40, 30},
                               {39, 29},
                               {17, 23},
                               {8, 30},
                               {20, 17},
                               {10, 30},
                               {5, 1},
                               {40, 7},
                               {100, 75},
                               {20, 75}}) {
      SCOPED_TRACE(std::string(test::name_of(path)) + " " + std::to_string(w) + "x" + std::to_string(h));
      const PreprocessOptions options{w, h, ColorOrder::rgb, ResizeMode::stretch, path};
      const Input of_across = test::preprocess(across, options), of_down = test::preprocess(down, options);
      for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
          // Both paths round, mostly down, by up to 3 levels; half a pixel would be 2.9 levels across and 4 down.
          ASSERT_NEAR(of_across.at(x, y, 1), test::gray_level(20 + 5 * position(x, w, width)) - 1, 2.1) << x;
          ASSERT_NEAR(of_down.at(x, y, 1), test::gray_level(20 + 7 * position(y, h, height)) - 1, 2.1) << y;
        }
      }
    }
  }
}

TEST(Preprocessor, EnlargesWithoutJumps) {
  // So far that a pixel of the target lies closer to one of the source than weights can tell.
  const Frame frame = test::luma_picture(2, 1, [](int x, int) { return x == 0 ? 16 : 235; });
  const Input input = test::preprocess(frame, {16384, 1, ColorOrder::rgb, ResizeMode::stretch, PreprocessPath::exact});
  for (int x = 1; x < input.width; ++x) ASSERT_GE(input.at(x, 0, 0), input.at(x - 1, 0, 0)) << x;
  EXPECT_LE(input.at(0, 0, 0), 1);
  EXPECT_GE(input.at(input.width - 1, 0, 0), 253);
}

TEST(Preprocessor, PutsAnEdgeBetweenTheRightPixels) {
  const Frame frame = test::luma_picture(64, 64, [](int x, int y) { return x >= 16 && y >= 48 ? 235 : 16; });
  for (const auto path : paths) {
    const Input input = test::preprocess(frame, {32, 32, ColorOrder::rgb, ResizeMode::stretch, path});
    for (int y = 0; y < 32; ++y) {
      for (int x = 0; x < 32; ++x) {
        ASSERT_NEAR(input.at(x, y, 0), x >= 8 && y >= 24 ? 255 : 0, 2) << test::name_of(path) << x << "," << y;
      }
    }
  }
}

TEST(Preprocessor, WritesSmallestAndOddSizes) {
  const Frame odd = test::first_frame(test::media("odd.mkv"));
  const Frame tiny = test::luma_picture(1, 1, [](int, int) { return 120; });
  for (const auto path : paths) {
    for (const auto resize : {ResizeMode::stretch, ResizeMode::letterbox}) {
      for (const auto& [w, h] : {std::pair{1, 1}, {1, 40}, {40, 1}, {63, 47}, {62, 47}, {17, 5}}) {
        const Input input = test::preprocess(odd, {w, h, ColorOrder::bgr, resize, path});
        EXPECT_GT(*std::max_element(input.bytes.begin(), input.bytes.end()), 20) << w << "x" << h;
        const Input of_tiny = test::preprocess(tiny, {w, h, ColorOrder::bgr, ResizeMode::stretch, path});
        for (const int value : of_tiny.bytes) ASSERT_NEAR(value, test::gray_level(120), 2) << w << "x" << h;
      }
    }
  }
}

TEST(Preprocessor, LetterboxCentresThePictureBetweenGrayBars) {
  const Frame frame = test::luma_picture(80, 40, [](int, int) { return 235; });
  for (const auto path : paths) {
    const Input input = test::preprocess(frame, {64, 64, ColorOrder::rgb, ResizeMode::letterbox, path});
    for (int y = 0; y < 64; ++y) {
      const bool bar = y < 16 || y >= 48;
      for (int x = 0; x < 64; ++x) ASSERT_NEAR(input.at(x, y, 1), bar ? 114 : 255, bar ? 0 : 2) << x << "," << y;
    }
    EXPECT_EQ(input.mapping, (Mapping{0, 16, 1.25F, 1.25F}));

    const Input high = test::preprocess(frame, {30, 10, ColorOrder::rgb, ResizeMode::letterbox, path});
    for (int x = 0; x < 30; ++x) {
      const bool bar = x < 5 || x >= 25;
      for (int y = 0; y < 10; ++y) ASSERT_NEAR(high.at(x, y, 1), bar ? 114 : 255, bar ? 0 : 2) << x << "," << y;
    }
    EXPECT_EQ(high.mapping, (Mapping{5, 0, 4, 4}));
  }
}

TEST(Preprocessor, MappingLeadsBackToTheFrame) {
  // A white square on black; its place in the input, mapped, is its place in the frame.
  const Frame frame =
      test::luma_picture(200, 100, [](int x, int y) { return x >= 120 && x < 160 && y >= 20 && y < 60 ? 235 : 16; });
  for (const auto path : paths) {
    for (const auto resize : {ResizeMode::stretch, ResizeMode::letterbox}) {
      const Input input = test::preprocess(frame, {96, 80, ColorOrder::rgb, resize, path});
      int x0 = 96, y0 = 80, x1 = 0, y1 = 0;
      for (int y = 0; y < 80; ++y) {
        for (int x = 0; x < 96; ++x) {
          if (input.at(x, y, 0) < 160) continue;
          x0 = std::min(x0, x), x1 = std::max(x1, x + 1), y0 = std::min(y0, y), y1 = std::max(y1, y + 1);
        }
      }
      const Mapping& m = input.mapping;
      const auto back_x = [&](int x) { return (static_cast<float>(x) - m.offset_x) * m.scale_x; };
      const auto back_y = [&](int y) { return (static_cast<float>(y) - m.offset_y) * m.scale_y; };
      EXPECT_NEAR(back_x(x0), 120, 1.5);
      EXPECT_NEAR(back_x(x1), 160, 1.5);
      EXPECT_NEAR(back_y(y0), 20, 1.5);
      EXPECT_NEAR(back_y(y1), 60, 1.5);
    }
  }
}

TEST(Preprocessor, TurnsPicturesUpright) {
  const Frame stored = test::first_frame(test::media("b_frames.mp4"));  // 160x120, the same picture in all
  for (const auto path : paths) {
    for (const int degrees : {90, 180, 270}) {
      const Frame turned = test::first_frame(test::media("rotated_" + std::to_string(degrees) + ".mp4"));
      ASSERT_EQ(turned.rotation(), degrees);
      const bool sideways = degrees != 180;
      const int w = 40, h = 28;
      const Input expected = test::preprocess(stored, {w, h, ColorOrder::rgb, ResizeMode::stretch, path});
      const Input got =
          test::preprocess(turned, {sideways ? h : w, sideways ? w : h, ColorOrder::rgb, ResizeMode::stretch, path});
      for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
          const auto [to_x, to_y] = degrees == 90    ? std::pair{h - 1 - y, x}
                                    : degrees == 180 ? std::pair{w - 1 - x, h - 1 - y}
                                                     : std::pair{y, w - 1 - x};
          for (int c = 0; c < 3; ++c) {
            ASSERT_EQ(got.at(to_x, to_y, c), expected.at(x, y, c)) << degrees << " at " << x << "," << y;
          }
        }
      }
      EXPECT_FLOAT_EQ(got.mapping.scale_x, static_cast<float>(turned.display_width()) / static_cast<float>(got.width));
      EXPECT_FLOAT_EQ(got.mapping.scale_y,
                      static_cast<float>(turned.display_height()) / static_cast<float>(got.height));
    }
  }
}

TEST(Preprocessor, FastPathStaysCloseToTheExactOne) {
  for (const char* clip : {"bikes.mp4", "carphone_pristine.mp4", "bigbuckbunny.mp4"}) {
    VideoReader reader(test::asset(clip), {.frames = 30});
    Preprocessor fast({256, 256, ColorOrder::bgr, ResizeMode::stretch, PreprocessPath::fast});
    Preprocessor exact({256, 256, ColorOrder::bgr, ResizeMode::stretch, PreprocessPath::exact});
    std::vector<std::uint8_t> by_fast(256 * 256 * 3), by_exact(by_fast.size());
    Frame frame;
    while (reader.read(frame) == ReadOutcome::frame) {
      fast(frame, by_fast);
      exact(frame, by_exact);
      int largest = 0;
      double sum = 0;
      for (std::size_t i = 0; i < by_fast.size(); ++i) {
        const int difference = std::abs(by_fast[i] - by_exact[i]);
        largest = std::max(largest, difference);
        sum += difference;
      }
      ASSERT_LE(largest, 24) << clip;  // a few pixels, on edges of saturated blue
      ASSERT_LE(sum / static_cast<double>(by_fast.size()), 2.5) << clip;
    }
  }
}

TEST(Preprocessor, ServesFramesThatChangeTheirSize) {
  const Frame large = test::luma_picture(90, 70, [](int x, int) { return 20 + 2 * x; });
  const Frame small = test::luma_picture(20, 10, [](int x, int) { return 20 + 2 * x; });
  for (const auto path : paths) {
    const PreprocessOptions options{40, 30, ColorOrder::rgb, ResizeMode::letterbox, path};
    Preprocessor preprocessor(options);
    std::vector<std::uint8_t> bytes(40 * 30 * 3);
    for (const Frame* frame : {&large, &small, &large, &small}) {
      EXPECT_EQ(preprocessor(*frame, bytes), test::preprocess(*frame, options).mapping);
      EXPECT_EQ(bytes, test::preprocess(*frame, options).bytes);
    }
  }
}

TEST(Preprocessor, RefusesWhatCannotBe) {
  for (const auto& [w, h] : {std::pair{0, 10}, {10, -1}, {16385, 10}, {std::numeric_limits<int>::max(), 1}}) {
    EXPECT_THROW(Preprocessor({w, h}), UsageError);
  }
  Preprocessor preprocessor({8, 8});
  std::vector<std::uint8_t> bytes(8 * 8 * 3);
  EXPECT_THROW(preprocessor(Frame(), bytes), Error);
  const Frame frame = test::luma_picture(8, 8, [](int, int) { return 50; });
  EXPECT_THROW(preprocessor(frame, std::span(bytes).first(100)), Error);
}

}  // namespace
}  // namespace inflight
