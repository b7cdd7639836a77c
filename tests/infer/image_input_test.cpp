// Which input takes a picture, and the conversion from its bytes.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ostream>
#include <vector>

#include <gmock/gmock.h>

#include <openvino/runtime/core.hpp>

#include "inflight/base/error.hpp"
#include "inflight/infer/model.hpp"
#include "model_files.hpp"

namespace inflight {
namespace {

TEST(ImageInput, IsFoundWithItsChannelsFirst) {
  const ImageInput input = image_input_of(*add_one_model({2, 3, 10, 20}));
  EXPECT_TRUE(input.channels_first);
  EXPECT_EQ(input.index, 0u);
  EXPECT_EQ(input.batch, 2);
  EXPECT_EQ(input.width, 20);
  EXPECT_EQ(input.height, 10);
}

TEST(ImageInput, IsFoundWithItsChannelsLast) {
  const ImageInput input = image_input_of(*add_one_model({1, 10, 20, 3}));
  EXPECT_FALSE(input.channels_first);
  EXPECT_EQ(input.batch, 1);
  EXPECT_EQ(input.width, 20);
  EXPECT_EQ(input.height, 10);
}

TEST(ImageInput, MayLeaveItsSizeOpen) {
  const ImageInput input = image_input_of(*add_one_model({-1, 3, -1, -1}));
  EXPECT_TRUE(input.channels_first);
  EXPECT_EQ(input.batch, -1);
  EXPECT_EQ(input.width, -1);
  EXPECT_EQ(input.height, -1);
}

TEST(ImageInput, IsMissedWithTheInputThatThereIs) {
  for (const ov::PartialShape& shape :
       {ov::PartialShape{1, 1, 10, 20}, ov::PartialShape{1, 10}, ov::PartialShape{1, 3, 10},
        ov::PartialShape{1, 3, 4, 4, 4}, ov::PartialShape{-1, -1, -1, -1}, ov::PartialShape::dynamic(),
        ov::PartialShape{}}) {
    const auto model = add_one_model(shape);
    EXPECT_EQ(message_of<Error>([&] { image_input_of(*model); }),
              "the model has no image input: " + inputs_of(*model)[0].to_string() +
                  " is not 4 dimensions with 3 channels; give --shape when the model leaves them open");
  }
}

TEST(ImageInput, IsRefusedAmongSeveralInputs) {
  EXPECT_EQ(
      message_of<Error>([] { image_input_of(*add_one_model({1, 3, 8, 8}, ov::element::f32, 2)); }),
      "the model has 2 inputs (image0 f32[1,3,8,8], image1 f32[1,3,8,8]); one that takes a picture and no other is "
      "needed");
}

/// A model that adds 1 to its input, which is 4 rows of 5 pixels.
struct U8Case {
  const char* name;
  bool channels_first;
  ov::element::Type type;
  Normalization normalization;
};

void PrintTo(const U8Case& tested, std::ostream* out) { *out << tested.name; }

class AcceptU8Image : public testing::TestWithParam<U8Case> {};

constexpr std::size_t rows = 4;
constexpr std::size_t columns = 5;

TEST_P(AcceptU8Image, ComputesWhatTheFormulaSaysForEveryByte) {
  const U8Case& c = GetParam();
  auto model = add_one_model(
      c.channels_first ? ov::PartialShape{1, 3, rows, columns} : ov::PartialShape{1, rows, columns, 3}, c.type);
  accept_u8_image(model, image_input_of(*model), c.normalization);
  EXPECT_EQ(inputs_of(*model)[0].to_string(), "image0 u8[1,4,5,3]");

  ov::Core core;
  auto request =
      core.compile_model(model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  for (int first = 0; first < 256; first += 60) {  // 60 numbers a picture: five pictures hold every byte
    auto* bytes = request.get_input_tensor().data<std::uint8_t>();
    for (int i = 0; i < 60; ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
    request.infer();
    const ov::Tensor output = request.get_output_tensor();
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
          const std::size_t interleaved = (row * columns + column) * 3 + channel;
          const std::size_t at = c.channels_first ? (channel * rows + row) * columns + column : interleaved;
          const float byte = static_cast<float>(static_cast<std::uint8_t>(first + static_cast<int>(interleaved)));
          const float expected = (byte - c.normalization.mean[channel]) / c.normalization.scale[channel] + 1;
          if (c.type == ov::element::f16) {
            ASSERT_NEAR(output.data<const ov::float16>()[at], expected, 1e-2);
          } else {
            ASSERT_NEAR(output.data<const float>()[at], expected, 1e-5 * std::max(1.0F, std::abs(expected)));
          }
        }
      }
    }
  }
}

const Normalization plain;
const Normalization shifted{{10, 20, 30}, {1, 1, 1}};
const Normalization scaled{{0, 0, 0}, {2, 255, 0.5F}};
const Normalization both{{123.675F, 116.28F, 103.53F}, {58.395F, 57.12F, 57.375F}};

INSTANTIATE_TEST_SUITE_P(ImageInput, AcceptU8Image,
                         testing::Values(U8Case{"PlanarPlain", true, ov::element::f32, plain},
                                         U8Case{"PlanarShifted", true, ov::element::f32, shifted},
                                         U8Case{"PlanarScaled", true, ov::element::f32, scaled},
                                         U8Case{"PlanarBoth", true, ov::element::f32, both},
                                         U8Case{"InterleavedPlain", false, ov::element::f32, plain},
                                         U8Case{"InterleavedBoth", false, ov::element::f32, both},
                                         U8Case{"HalfPlain", true, ov::element::f16, plain},
                                         U8Case{"HalfBoth", true, ov::element::f16, both}),
                         [](const auto& tested) { return tested.param.name; });

TEST(AcceptU8ImageOf, CenterFaceGivesTheNumbersOfItsOwnFloatInput) {
  ov::Core core;
  auto model = core.read_model(INFLIGHT_ASSETS "/centerface.onnx");
  reshape(*model, {1, 3, 64, 96});
  auto planar =
      core.compile_model(model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  accept_u8_image(model, image_input_of(*model), {});
  EXPECT_EQ(inputs_of(*model)[0].to_string(), "input.1 u8[1,64,96,3]");
  auto bytes = core.compile_model(model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  auto* from = bytes.get_input_tensor().data<std::uint8_t>();
  auto* to = planar.get_input_tensor().data<float>();
  for (std::size_t pixel = 0; pixel < 64 * 96; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      from[pixel * 3 + channel] = static_cast<std::uint8_t>((pixel * 7 + channel * 91) % 256);
      to[channel * 64 * 96 + pixel] = from[pixel * 3 + channel];
    }
  }
  planar.infer();
  bytes.infer();
  for (std::size_t output = 0; output < 4; ++output) {
    const ov::Tensor expected = planar.get_output_tensor(output);
    const ov::Tensor actual = bytes.get_output_tensor(output);
    ASSERT_EQ(actual.get_shape(), expected.get_shape());
    for (std::size_t i = 0; i < expected.get_size(); ++i) {
      ASSERT_NEAR(actual.data<const float>()[i], expected.data<const float>()[i], 1e-4);
    }
  }
}

}  // namespace
}  // namespace inflight
