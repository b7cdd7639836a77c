// RGB (200, 60, 30) comes out of every pixel format, range and matrix, in both orders and on both paths.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "clips.hpp"

namespace inflight {
namespace {

using test::Input;

struct Rgb {
  int red = 0, green = 0, blue = 0;
};

constexpr Rgb color{200, 60, 30};
constexpr int tolerance = 3;

void expect_everywhere(const Input& input, ColorOrder order, const Rgb& expected) {
  const int red = order == ColorOrder::rgb ? 0 : 2;
  for (int y = 0; y < input.height; ++y) {
    for (int x = 0; x < input.width; ++x) {
      ASSERT_NEAR(input.at(x, y, red), expected.red, tolerance) << "red at " << x << "," << y;
      ASSERT_NEAR(input.at(x, y, 1), expected.green, tolerance) << "green at " << x << "," << y;
      ASSERT_NEAR(input.at(x, y, 2 - red), expected.blue, tolerance) << "blue at " << x << "," << y;
    }
  }
}

class SolidColor : public ::testing::TestWithParam<std::string> {
 protected:
  void expect(const Rgb& expected) const {
    const Frame frame = test::first_frame(test::media("color_" + GetParam()));
    for (const auto path : {PreprocessPath::fast, PreprocessPath::exact}) {
      for (const auto order : {ColorOrder::rgb, ColorOrder::bgr}) {
        for (const auto& [width, height] : {std::pair{31, 24}, std::pair{64, 48}, std::pair{100, 50}}) {
          SCOPED_TRACE(std::string(test::name_of(path)) + (order == ColorOrder::rgb ? " rgb " : " bgr ") +
                       std::to_string(width));
          expect_everywhere(test::preprocess(frame, {width, height, order, ResizeMode::stretch, path}), order,
                            expected);
        }
      }
    }
  }
};

std::vector<std::string> yuv_clips() {
  std::vector<std::string> names;
  for (const char* format :
       {"yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "nv12"}) {
    for (const char* range : {"tv", "pc"}) {
      for (const char* matrix : {"bt601", "bt709"}) {
        names.push_back(std::string(format) + "_" + range + "_" + matrix + ".mkv");
      }
    }
  }
  for (const char* name : {"bgra.nut", "rgb24.nut", "gbrp.mkv"}) names.emplace_back(name);
  return names;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  return info.param.substr(0, info.param.find('.'));
}

TEST_P(SolidColor, ComesOutAsItWentIn) { expect(color); }

INSTANTIATE_TEST_SUITE_P(Formats, SolidColor, ::testing::ValuesIn(yuv_clips()), test_name);

/// The luma of a frame's first sample, as a level from 0 to 255.
int gray_of(const Frame& frame) {
  const int luma = frame.plane(0).data[0];
  return frame.full_range() ? luma : static_cast<int>(std::lround(test::gray_level(luma)));
}

TEST(GrayPicture, HasItsLumaInAllChannelsWithinItsRange) {
  for (const char* name : {"gray_tv_bt601.mkv", "gray_pc_bt601.mkv"}) {
    SCOPED_TRACE(name);
    const Frame frame = test::first_frame(test::media(std::string("color_") + name));
    ASSERT_EQ(frame.format().layout, PixelLayout::gray);
    const int level = gray_of(frame);
    for (const auto path : {PreprocessPath::fast, PreprocessPath::exact}) {
      expect_everywhere(test::preprocess(frame, {32, 32, ColorOrder::rgb, ResizeMode::stretch, path}), ColorOrder::rgb,
                        {level, level, level});
    }
  }
}

/// The same test picture in every format that readers give: subsampling by 4, one direction only, 9 to 14 bits.
class Format : public ::testing::TestWithParam<std::string> {};

TEST_P(Format, LooksLikeTheSamePictureIn444) {
  const Frame reference = test::first_frame(test::media("format_yuv444p.mkv"));
  const Frame frame = test::first_frame(test::media("format_" + GetParam()));
  const bool gray = frame.format().layout == PixelLayout::gray;
  for (const auto path : {PreprocessPath::fast, PreprocessPath::exact}) {
    const PreprocessOptions options{16, 12, ColorOrder::rgb, ResizeMode::stretch, path};
    const Input expected = test::preprocess(reference, options), got = test::preprocess(frame, options);
    long difference = 0;
    for (int y = 0; y < options.height; ++y) {
      for (int x = 0; x < options.width; ++x) {
        const auto luma = [&](const Input& input) {
          return 0.299 * input.at(x, y, 0) + 0.587 * input.at(x, y, 1) + 0.114 * input.at(x, y, 2);
        };
        for (int channel = 0; channel < 3; ++channel) {
          difference += gray ? std::lround(std::abs(luma(got) - luma(expected)))
                             : std::abs(got.at(x, y, channel) - expected.at(x, y, channel));
        }
      }
    }
    // Coarse chroma blurs colours, but no plane is taken for another.
    EXPECT_LT(static_cast<double>(difference) / (16 * 12 * 3), 12) << test::name_of(path);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Format,
                         ::testing::Values("gray.mkv", "gray10le.mkv", "gray12le.mkv", "yuv410p.mkv", "yuv411p.mkv",
                                           "yuv420p.mkv", "yuv422p.mkv", "yuv440p.mkv", "yuv420p9le.mkv",
                                           "yuv444p9le.mkv", "yuv422p10le.mkv", "yuv440p10le.mkv", "yuv444p12le.mkv",
                                           "yuv420p14le.mkv", "yuv444p14le.mkv", "yuv420p16le.mkv", "nv12.nut",
                                           "yuvj420p.avi", "yuvj444p.avi", "bgra.mkv", "gbrp.mkv", "yuva444p.mkv"),
                         test_name);

}  // namespace
}  // namespace inflight
