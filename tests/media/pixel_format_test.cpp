// Formats and colours: the clips color_* are RGB (200, 60, 30) in many disguises.
#include "pixel_format.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

#include "media_files.hpp"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace inflight {
namespace {

// The sample at (x, y) of a plane that interleaves `per_pixel` samples.
int sample(const Frame& frame, int plane, int x, int y, int per_pixel = 1, int index = 0) {
  const Plane from = frame.plane(plane);
  const std::uint8_t* row = from.data + y * from.stride;
  if (frame.format().bit_depth == 8) return row[x * per_pixel + index];
  std::uint16_t value = 0;
  std::memcpy(&value, row + 2 * x, sizeof(value));
  return value;
}

// ITU-R BT.601, BT.709 and BT.2020, by the definition: luma weights, range, depth.
std::array<double, 3> rgb_of(const Frame& frame, int x, int y) {
  const PixelFormat format = frame.format();
  if (format.layout == PixelLayout::bgra)
    return {1.0 * sample(frame, 0, x, y, 4, 2), 1.0 * sample(frame, 0, x, y, 4, 1), 1.0 * sample(frame, 0, x, y, 4)};

  const double unit = frame.full_range() ? (1 << format.bit_depth) - 1 : 219 << (format.bit_depth - 8);
  const double chroma_unit = frame.full_range() ? unit : 224 << (format.bit_depth - 8);
  const double black = frame.full_range() ? 0 : 16 << (format.bit_depth - 8);
  const double gray = 1 << (format.bit_depth - 1);
  const int cx = x >> format.chroma_shift_x, cy = y >> format.chroma_shift_y;
  double u = 0, v = 0;
  if (format.layout == PixelLayout::planar) {
    u = (sample(frame, 1, cx, cy) - gray) / chroma_unit;
    v = (sample(frame, 2, cx, cy) - gray) / chroma_unit;
  } else if (format.layout == PixelLayout::semi_planar) {
    u = (sample(frame, 1, cx, cy, 2, 0) - gray) / chroma_unit;
    v = (sample(frame, 1, cx, cy, 2, 1) - gray) / chroma_unit;
  }
  const double luma = (sample(frame, 0, x, y) - black) / unit;
  const auto [kr, kb] = std::map<ColorMatrix, std::pair<double, double>>{
      {ColorMatrix::bt601, {0.299, 0.114}},
      {ColorMatrix::bt709, {0.2126, 0.0722}},
      {ColorMatrix::bt2020,
       {0.2627, 0.0593}}}.at(frame.matrix());
  const double red = luma + 2 * (1 - kr) * v, blue = luma + 2 * (1 - kb) * u;
  return {255 * red, 255 * (luma - kr * red - kb * blue) / (1 - kr - kb), 255 * blue};
}

TEST(PixelFormat, EveryColourClipGivesTheColourItWasMadeOf) {
  int clips = 0;
  for (const auto& entry : std::filesystem::directory_iterator(INFLIGHT_TEST_MEDIA)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with("color_")) continue;
    ++clips;
    const Frame frame = first_frame(entry.path());
    const auto [red, green, blue] = rgb_of(frame, 33, 17);
    if (name.starts_with("color_gray")) {
      const double luma = name.find("bt601") != std::string::npos ? 0.299 * 200 + 0.587 * 60 + 0.114 * 30
                                                                  : 0.2126 * 200 + 0.7152 * 60 + 0.0722 * 30;
      EXPECT_NEAR(red, luma, 2) << name;
      continue;
    }
    EXPECT_NEAR(red, 200, 2.5) << name;
    EXPECT_NEAR(green, 60, 2.5) << name;
    EXPECT_NEAR(blue, 30, 2.5) << name;
  }
  EXPECT_GE(clips, 30);
}

TEST(PixelFormat, KeepsSubsamplingAndDepthOfEveryFormatThatIsConverted) {
  int converted = 0;
  for (const AVPixFmtDescriptor* next = av_pix_fmt_desc_next(nullptr); next; next = av_pix_fmt_desc_next(next)) {
    const AVPixelFormat source = av_pix_fmt_desc_get_id(next);
    if (known_format(source) || !sws_isSupportedInput(source)) continue;
    ++converted;
    const auto target = known_format(nearest_known(source));
    ASSERT_TRUE(target) << next->name;
    if (target->layout == PixelLayout::bgra) continue;
    EXPECT_EQ(target->layout, next->nb_components > 2 ? PixelLayout::planar : PixelLayout::gray) << next->name;
    if (target->layout == PixelLayout::planar) {
      EXPECT_EQ(target->chroma_shift_x, next->log2_chroma_w) << next->name;
      EXPECT_EQ(target->chroma_shift_y, next->log2_chroma_h) << next->name;
    }
    const int deepest = target->layout == PixelLayout::gray ? 12 : 14;
    EXPECT_GE(target->bit_depth, std::min(next->comp[0].depth, deepest)) << next->name;
  }
  EXPECT_GT(converted, 50);
}

struct Expected {
  const char* file;
  PixelFormat format;
};

TEST(PixelFormat, ReadsWhatItKnowsAsItIsAndConvertsTheRest) {
  const auto planar = [](int depth, int x, int y) { return PixelFormat{PixelLayout::planar, depth, x, y}; };
  const auto gray = [](int depth) { return PixelFormat{PixelLayout::gray, depth, 0, 0}; };
  const PixelFormat bgra{PixelLayout::bgra, 8, 0, 0};
  const std::vector<Expected> all{
      {"gray.mkv", gray(8)},
      {"gray10le.mkv", gray(10)},
      {"gray12le.mkv", gray(12)},
      {"gray16le.mkv", gray(12)},
      {"ya8.nut", gray(8)},
      {"monob.nut", gray(8)},
      {"monow.nut", gray(8)},
      {"yuv410p.mkv", planar(8, 2, 2)},
      {"yuv411p.mkv", planar(8, 2, 0)},
      {"yuv420p.mkv", planar(8, 1, 1)},
      {"yuv422p.mkv", planar(8, 1, 0)},
      {"yuv440p.mkv", planar(8, 0, 1)},
      {"yuv444p.mkv", planar(8, 0, 0)},
      {"yuvj420p.avi", planar(8, 1, 1)},
      {"yuvj422p.avi", planar(8, 1, 0)},
      {"yuvj444p.avi", planar(8, 0, 0)},
      {"yuv420p9le.mkv", planar(9, 1, 1)},
      {"yuv422p10le.mkv", planar(10, 1, 0)},
      {"yuv440p12le.mkv", planar(12, 0, 1)},
      {"yuv444p14le.mkv", planar(14, 0, 0)},
      {"yuv420p16le.mkv", planar(14, 1, 1)},
      {"yuv420p10be.nut", planar(10, 1, 1)},
      {"yuv444p12be.nut", planar(12, 0, 0)},
      {"yuva420p10le.mkv", planar(10, 1, 1)},
      {"yuva444p.mkv", planar(8, 0, 0)},
      {"uyvy422.nut", planar(8, 1, 0)},
      {"yuyv422.nut", planar(8, 1, 0)},
      {"nv21.nut", planar(8, 1, 1)},
      {"nv12.nut", {PixelLayout::semi_planar, 8, 1, 1}},
      {"bgr0.mkv", bgra},
      {"bgra.mkv", bgra},
      {"bgr24.nut", bgra},
      {"rgb24.nut", bgra},
      {"rgba.nut", bgra},
      {"gbrp10le.mkv", bgra},
      {"gbrp16le.mkv", bgra},
      {"pal8.nut", bgra},
  };
  for (const auto& [file, format] : all) {
    VideoReader reader(test_media(std::string("format_") + file));
    Frame frame;
    ASSERT_EQ(reader.read(frame), ReadOutcome::frame) << file;
    EXPECT_EQ(frame.format(), format) << file;
    EXPECT_EQ(frame.width(), 64) << file;
    EXPECT_EQ(times_of(reader).size(), 4U) << file;
  }
}

TEST(PixelFormat, ConvertedPicturesShowTheSameAsTheOriginal) {
  const Frame original = first_frame(test_media("format_yuv444p.mkv"));
  for (const char* file : {"yuva444p.mkv", "yuv444p16le.mkv", "yuva444p16le.mkv", "yuv444p12be.nut", "gbrp10le.mkv",
                           "rgb24.nut", "rgba.nut", "gbrp16le.mkv", "gbrap.mkv"}) {
    const Frame frame = first_frame(test_media(std::string("format_") + file));
    double difference = 0;
    for (int y = 0; y < 48; ++y)
      for (int x = 0; x < 64; ++x) {
        const auto expected = rgb_of(original, x, y), got = rgb_of(frame, x, y);
        for (std::size_t c = 0; c < 3; ++c) difference += std::abs(std::clamp(expected[c], 0.0, 255.0) - got[c]);
      }
    EXPECT_LT(difference / (48 * 64 * 3), 2) << file;
  }
}

TEST(PixelFormat, MakesBlackAndWhiteOfBits) {
  for (const char* file : {"format_monob.nut", "format_monow.nut"}) {
    const Frame frame = first_frame(test_media(file));
    int black = 0, white = 0;
    for (int y = 0; y < 48; ++y)
      for (int x = 0; x < 64; ++x) {
        black += sample(frame, 0, x, y) == 0;
        white += sample(frame, 0, x, y) == 255;
      }
    EXPECT_TRUE(frame.full_range()) << file;
    EXPECT_GT(white, 100) << file;
    EXPECT_EQ(black + white, 48 * 64) << file;
  }
}

TEST(PixelFormat, TakesUntaggedVideoAsPlayersDo) {
  EXPECT_EQ(first_frame(test_media("hd_untagged.mkv")).matrix(), ColorMatrix::bt709);
  EXPECT_EQ(first_frame(test_media("hd_bt601.mkv")).matrix(), ColorMatrix::bt601);
  EXPECT_EQ(first_frame(test_media("b_frames.mp4")).matrix(), ColorMatrix::bt601);
  EXPECT_FALSE(first_frame(test_media("b_frames.mp4")).full_range());
  EXPECT_TRUE(first_frame(test_media("mjpeg.avi")).full_range());
  EXPECT_TRUE(first_frame(test_media("format_gbrp.mkv")).full_range());
}

}  // namespace
}  // namespace inflight
