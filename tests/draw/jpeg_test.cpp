// JPEG files, read back by the same library's decoder.
#include "inflight/draw/jpeg.hpp"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

constexpr Color red{1, 0, 0, 1};
constexpr Color orange{1, 0.5, 0.25, 1};

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // R, G, B

  std::vector<int> at(int x, int y) const {
    const std::uint8_t* p = pixels.data() + 3 * (y * width + x);
    return {p[0], p[1], p[2]};
  }
};

Picture decode(std::span<const std::uint8_t> file) {
  const std::unique_ptr<void, decltype(&tjDestroy)> handle(tjInitDecompress(), &tjDestroy);
  Picture picture;
  int subsampling = 0;
  int colorspace = 0;
  EXPECT_EQ(tjDecompressHeader3(handle.get(), file.data(), file.size(), &picture.width, &picture.height, &subsampling,
                                &colorspace),
            0);
  EXPECT_EQ(colorspace, TJCS_YCbCr);
  picture.pixels.resize(static_cast<std::size_t>(3 * picture.width * picture.height));
  EXPECT_EQ(tjDecompress2(handle.get(), file.data(), file.size(), picture.pixels.data(), picture.width, 0,
                          picture.height, TJPF_RGB, TJFLAG_ACCURATEDCT),
            0);
  return picture;
}

void expect_near(const std::vector<int>& pixel, const std::vector<int>& wanted, int slack = 4) {
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(pixel[i], wanted[i], slack) << "channel " << i;
}

TEST(JpegEncoder, KeepsSizeAndColours) {
  Canvas canvas(64, 32);
  canvas.filled_rectangle(0, 0, 32, 32, red);
  canvas.filled_rectangle(32, 0, 32, 32, orange);
  JpegEncoder encoder(95);
  const Picture picture = decode(encoder.encode(canvas));
  EXPECT_EQ(picture.width, 64);
  EXPECT_EQ(picture.height, 32);
  expect_near(picture.at(8, 16), {255, 0, 0});
  expect_near(picture.at(56, 16), {255, 128, 64});
}

TEST(JpegEncoder, TakesPicturesOfAnySizeOneAfterTheOther) {
  JpegEncoder encoder;
  for (const auto& [width, height] : {std::pair{1, 1}, {17, 9}, {640, 361}, {5, 3}}) {
    Canvas canvas(width, height);
    canvas.filled_rectangle(0, 0, width, height, red);
    const Picture picture = decode(encoder.encode(canvas));
    EXPECT_EQ(picture.width, width);
    EXPECT_EQ(picture.height, height);
    expect_near(picture.at(width - 1, height - 1), {254, 0, 0});
  }
}

TEST(JpegEncoder, MakesSmallerFilesOfLowerQuality) {
  Canvas canvas(320, 200);
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 320 * 4; ++x) canvas.data()[y * canvas.stride() + x] = static_cast<std::uint8_t>(x * y / 7);
  }
  canvas.touched();
  EXPECT_LT(JpegEncoder(30).encode(canvas).size(), JpegEncoder(90).encode(canvas).size());
}

TEST(JpegEncoder, IgnoresAlpha) {
  Canvas canvas(16, 16);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) canvas.data()[y * canvas.stride() + 4 * x + 1] = 200;  // green, and alpha 0
  }
  canvas.touched();
  JpegEncoder encoder;
  expect_near(decode(encoder.encode(canvas)).at(8, 8), {0, 200, 0});
}

TEST(JpegEncoder, RefusesPicturesWithoutPixelsAndStillWorksAfterwards) {
  JpegEncoder encoder;
  EXPECT_THROW(encoder.encode(Canvas(0, 0)), Error);
  const Canvas canvas(8, 8);
  EXPECT_EQ(decode(encoder.encode(canvas)).width, 8);
}

TEST(JpegEncoder, RefusesAQualityThatIsNone) {
  EXPECT_THROW(JpegEncoder(0), UsageError);
  EXPECT_THROW(JpegEncoder(101), UsageError);
}

}  // namespace
}  // namespace inflight
