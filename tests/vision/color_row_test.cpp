// The colour arithmetic of the exact path against the definition of the matrices.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "vision/color.hpp"

namespace inflight {
namespace {

struct Definition {
  ColorMatrix matrix;
  double red = 0, blue = 0;  // their weights in luma
};

TEST(ColorRow, FollowsTheDefinitionOfEveryMatrixAndRange) {
  ColorRow row;
  for (const auto& [matrix, kr, kb] : {Definition{ColorMatrix::bt601, 0.299, 0.114},
                                       {ColorMatrix::bt709, 0.2126, 0.0722},
                                       {ColorMatrix::bt2020, 0.2627, 0.0593}}) {
    for (const bool full : {false, true}) {
      const ColorGains gains = color_gains(matrix, full);
      for (int y = 0; y < 256; y += 5) {
        for (int u = 0; u < 256; u += 15) {
          for (int v = 0; v < 256; v += 15) {
            const double luma = full ? y : (y - 16) * 255.0 / 219;
            const double cb = (u - 128) * (full ? 1 : 255.0 / 224), cr = (v - 128) * (full ? 1 : 255.0 / 224);
            const double red = luma + 2 * (1 - kr) * cr, blue = luma + 2 * (1 - kb) * cb;
            const double green = luma - (2 * (1 - kr) * kr * cr + 2 * (1 - kb) * kb * cb) / (1 - kr - kb);
            const auto y8 = static_cast<std::uint8_t>(y), u8 = static_cast<std::uint8_t>(u),
                       v8 = static_cast<std::uint8_t>(v);
            std::array<std::uint8_t, 4> bgra{};
            row.convert({&y8, &u8, &v8}, 1, 0, gains, bgra.data());
            // Up to one level for each product that is rounded down.
            const std::array<double, 3> expected{blue - 1, green - 1.5, red - 1};
            for (std::size_t i = 0; i < 3; ++i) {
              ASSERT_NEAR(bgra[i], std::clamp(expected[i], 0.0, 255.0), 1.6) << y << "," << u << "," << v << "," << i;
            }
            ASSERT_EQ(bgra[3], 255);
          }
        }
      }
    }
  }
}

TEST(ColorRow, RepeatsChroma) {
  const std::array<std::uint8_t, 7> luma{100, 100, 100, 100, 100, 100, 100};
  const std::array<std::uint8_t, 4> u{128, 128, 128, 128}, v{128, 200, 60, 140};
  ColorRow row;
  std::array<std::uint8_t, 4 * 7> by_two{}, by_four{};
  row.convert({luma.data(), u.data(), v.data()}, 7, 1, color_gains(ColorMatrix::bt601, true), by_two.data());
  row.convert({luma.data(), u.data(), v.data()}, 7, 2, color_gains(ColorMatrix::bt601, true), by_four.data());
  const auto red = [](const auto& pixels, std::size_t x) { return static_cast<int>(pixels[4 * x + 2]); };
  for (std::size_t x = 0; x < 7; ++x) {
    EXPECT_NEAR(red(by_two, x), 100 + 1.402 * (v[x / 2] - 128), 1.5) << x;
    EXPECT_NEAR(red(by_four, x), 100 + 1.402 * (v[x / 4] - 128), 1.5) << x;
  }
}

}  // namespace
}  // namespace inflight
