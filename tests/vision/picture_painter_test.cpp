// A frame as a picture of any size: against exact colours and OpenCV's bilinear scaling, which ExactPath gives.
#include "inflight/vision/picture_painter.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "clips.hpp"
#include "inflight/base/error.hpp"
#include "inflight/vision/overlay.hpp"

namespace inflight {
namespace {

Canvas painted(const Frame& frame, int width, int height, bool mirror = false, const Detections& detections = {}) {
  Canvas canvas(width, height);
  PicturePainter({"face"}, mirror)(canvas, frame, detections);
  return canvas;
}

int at(const Canvas& canvas, int x, int y, int channel) { return canvas.data()[y * canvas.stride() + 4 * x + channel]; }

std::string with_alpha(const Canvas& canvas, int x, int y) {
  std::string text;
  for (int channel = 0; channel < 4; ++channel) text += std::to_string(at(canvas, x, y, channel)) + " ";
  return text;
}

struct Distance {
  int largest = 0;   ///< of any sample
  double mean = 0;   ///< of all samples
  double light = 0;  ///< mean of the pixels' lightness
};

Distance distance_to_exact(const Frame& frame, int width, int height) {
  const Canvas canvas = painted(frame, width, height);
  const test::Input exact =
      test::preprocess(frame, {width, height, ColorOrder::bgr, ResizeMode::stretch, PreprocessPath::exact});
  Distance distance;
  constexpr double weights[] = {0.114, 0.587, 0.299};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      EXPECT_EQ(at(canvas, x, y, 3), 255);
      double lighter = 0;
      for (int channel = 0; channel < 3; ++channel) {
        const int difference = at(canvas, x, y, channel) - exact.at(x, y, channel);
        distance.largest = std::max(distance.largest, std::abs(difference));
        distance.mean += std::abs(difference) / (3.0 * width * height);
        lighter += weights[channel] * difference;
      }
      distance.light += std::abs(lighter) / (1.0 * width * height);
    }
  }
  return distance;
}

class EveryFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryFormat, ShowsTheExactPicture) {
  const Frame frame = test::first_frame(test::media(std::string("format_") + GetParam()));  // 64x48
  struct Case {
    int width, height;
    double light, mean;
  };
  // Chroma is scaled before the conversion, and pictures are enlarged from corner to corner: on these sharp little
  // patterns that makes some levels on average; a wrong plane, row or bit depth makes many more.
  for (const Case& to :
       {Case{64, 48, 2, 8}, Case{48, 40, 3, 10}, Case{32, 24, 4, 15}, Case{130, 101, 5, 12}, Case{64, 96, 4, 10}}) {
    const Distance distance = distance_to_exact(frame, to.width, to.height);
    EXPECT_LE(distance.light, to.light) << to.width << "x" << to.height;
    EXPECT_LE(distance.mean, to.mean) << to.width << "x" << to.height;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat,
                         ::testing::Values("gray.mkv", "gray10le.mkv", "gray16le.mkv", "yuv410p.mkv", "yuv411p.mkv",
                                           "yuv420p.mkv", "yuv422p.mkv", "yuv440p.mkv", "yuv444p.mkv", "yuv420p9le.mkv",
                                           "yuv420p10le.mkv", "yuv422p10le.mkv", "yuv440p12le.mkv", "yuv444p14le.mkv",
                                           "yuv444p16le.mkv", "nv12.nut", "bgra.mkv", "rgb24.nut", "yuvj420p.avi",
                                           "yuvj422p.avi"));

TEST(PicturePainter, GivesExactColoursWhereNothingIsScaled) {
  for (const std::string& path :
       {test::asset("carphone_pristine.mp4"), test::asset("bikes.mp4"), test::media("odd.mkv"),
        test::media("format_bgr0.mkv"), test::media("rotated_90.mp4"), test::media("rotated_180.mp4")}) {
    const Frame frame = test::first_frame(path);
    EXPECT_LE(distance_to_exact(frame, frame.display_width(), frame.display_height()).largest, 8) << path;
  }
}

TEST(PicturePainter, StaysCloseToTheExactPictureOfARealClip) {
  for (const char* clip : {"bikes.mp4", "carphone_pristine.mp4", "bigbuckbunny.mp4"}) {
    const Frame frame = test::first_frame(test::asset(clip));
    for (const auto& [width, height] : {std::pair{1280, 720}, {400, 300}, {880, 374}}) {
      EXPECT_LE(distance_to_exact(frame, width, height).mean, 3) << clip << " " << width << "x" << height;
    }
  }
}

TEST(PicturePainter, KnowsEveryMatrixAndRange) {
  for (const char* format : {"gray", "yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv444p16le", "nv12"}) {
    for (const char* range : {"tv", "pc"}) {
      for (const char* matrix : {"bt601", "bt709"}) {
        const std::string name = std::string("color_") + format + "_" + range + "_" + matrix + ".mkv";
        const Frame frame = test::first_frame(test::media(name));
        for (const auto& [width, height] : {std::pair{31, 24}, {64, 48}, {100, 51}}) {
          EXPECT_LE(distance_to_exact(frame, width, height).largest, 4) << name << " " << width;
        }
      }
    }
  }
}

/// Where a pixel of the stored picture is when the picture stands upright.
std::pair<int, int> turned(int degrees, int x, int y, int width, int height) {
  switch (degrees) {
    case 90:
      return {height - 1 - y, x};
    case 180:
      return {width - 1 - x, height - 1 - y};
    case 270:
      return {y, width - 1 - x};
    default:
      return {x, y};
  }
}

TEST(PicturePainter, TurnsPicturesUprightAndMirrorsThem) {
  const Frame stored = test::first_frame(test::media("b_frames.mp4"));  // 160x120, the same picture in all
  for (const int degrees : {0, 90, 180, 270}) {
    const Frame frame =
        degrees == 0 ? stored.share() : test::first_frame(test::media("rotated_" + std::to_string(degrees) + ".mp4"));
    const bool sideways = degrees % 180 != 0;
    for (const auto& [w, h] : {std::pair{160, 120}, {40, 28}, {300, 200}}) {
      const Canvas expected = painted(stored, w, h);
      const int width = sideways ? h : w, height = sideways ? w : h;
      const Canvas upright = painted(frame, width, height), mirrored = painted(frame, width, height, true);
      for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
          const auto [to_x, to_y] = turned(degrees, x, y, w, h);
          const std::string pixel = with_alpha(expected, x, y);
          ASSERT_EQ(with_alpha(upright, to_x, to_y), pixel) << degrees << " at " << x << "," << y;
          ASSERT_EQ(with_alpha(mirrored, width - 1 - to_x, to_y), pixel) << degrees << " at " << x << "," << y;
        }
      }
    }
  }
}

TEST(PicturePainter, TurnsFormatsWhoseChromaIsNotSquare) {
  for (const char* name : {"rotated_90_yuv422p.mp4", "rotated_90_rgb.mov"}) {
    const Frame frame = test::first_frame(test::media(name));
    ASSERT_EQ(frame.rotation(), 90) << name;
    for (const auto& [width, height] : {std::pair{120, 160}, {60, 81}}) {
      const Distance distance = distance_to_exact(frame, width, height);
      EXPECT_LE(distance.mean, 5) << name << " " << width;
      const Canvas upright = painted(frame, width, height), mirrored = painted(frame, width, height, true);
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          ASSERT_EQ(with_alpha(upright, x, y), with_alpha(mirrored, width - 1 - x, y)) << name << " " << x << "," << y;
        }
      }
    }
  }
}

bool same(const Canvas& a, const Canvas& b) {
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      if (with_alpha(a, x, y) != with_alpha(b, x, y)) return false;
    }
  }
  return true;
}

TEST(PicturePainter, PutsBoxesWhereTheirObjectsAre) {
  const Frame frame = test::first_frame(test::media("rotated_90.mp4"));  // 120x160 upright
  Detection face{.box = {24, 40, 72, 80}, .score = 0.98F, .landmark_count = 1, .landmarks = {{{30, 50}}}};
  for (const auto& [width, height, x, y] : {std::tuple{120, 160, 1.F, 1.F}, {240, 480, 2.F, 3.F}, {60, 80, .5F, .5F}}) {
    Detection expected = face;
    expected.box = {24 * x, 40 * y, 72 * x, 80 * y};
    expected.landmarks[0] = {30 * x, 50 * y};
    Canvas upright = painted(frame, width, height);
    paint_detections(upright, {{expected}}, {{std::string("face")}});
    EXPECT_TRUE(same(painted(frame, width, height, false, {face}), upright)) << width;

    expected.box = {(120 - 72) * x, 40 * y, (120 - 24) * x, 80 * y};
    expected.landmarks[0].x = (120 - 30) * x;
    Canvas mirrored = painted(frame, width, height, true);
    paint_detections(mirrored, {{expected}}, {{std::string("face")}});  // text that can be read
    EXPECT_TRUE(same(painted(frame, width, height, true, {face}), mirrored)) << width;
    EXPECT_FALSE(same(upright, mirrored));
  }
}

TEST(PicturePainter, ServesFramesOfEverySizeWithTheSameScratch) {
  const Frame large = test::luma_picture(90, 70, [](int x, int) { return 20 + 2 * x; });
  const Frame small = test::luma_picture(20, 10, [](int x, int) { return 20 + 2 * x; });
  const Frame dot = test::luma_picture(1, 1, [](int, int) { return 126; });
  PicturePainter painter({}, false);
  for (const Frame* frame : {&large, &dot, &small, &large, &dot}) {
    for (const auto& [width, height] : {std::pair{40, 30}, {1, 1}, {3, 200}, {200, 3}}) {
      Canvas canvas(width, height);
      painter(canvas, *frame, {});
      EXPECT_TRUE(same(canvas, painted(*frame, width, height))) << width << "x" << height;
      if (frame == &dot) {
        EXPECT_NEAR(at(canvas, width - 1, height - 1, 1), test::gray_level(126), 1);
      }
    }
  }
}

TEST(PicturePainter, RefusesAnEmptyFrame) {
  Canvas canvas(10, 10);
  EXPECT_THROW(PicturePainter({}, false)(canvas, Frame(), {}), Error);
}

}  // namespace
}  // namespace inflight
