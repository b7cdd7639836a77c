// CenterFace: what heatmap cells become, and faces in a real clip.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "clips.hpp"
#include "inflight/vision/image_model.hpp"
#include "outputs.hpp"

namespace inflight {
namespace {

constexpr int columns = 16, rows = 8;  // of a 64x32 input
constexpr std::size_t cells = columns * rows;

/// The four outputs, to be filled cell by cell.
struct Heads {
  std::vector<float> heatmap = std::vector<float>(cells), size = std::vector<float>(2 * cells),
                     offset = std::vector<float>(2 * cells), landmarks = std::vector<float>(10 * cells);

  /// A face of `width` x `height` input pixels whose centre lies (dx, dy) from that of the cell, in cells; its
  /// landmarks at (0.1, 0.2), (0.3, 0.4), ... of its sides.
  void put(int x, int y, float score, float width, float height, float dx = 0, float dy = 0) {
    const auto at = static_cast<std::size_t>(y * columns + x);
    heatmap[at] = score;
    size[at] = std::log(height / 4);
    size[cells + at] = std::log(width / 4);
    offset[at] = dy;
    offset[cells + at] = dx;
    for (std::size_t i = 0; i < 5; ++i) {
      landmarks[(2 * i + 1) * cells + at] = 0.1F + 0.2F * static_cast<float>(i);
      landmarks[2 * i * cells + at] = 0.2F + 0.2F * static_cast<float>(i);
    }
  }
};

Detections decode(const Heads& heads, const Mapping& mapping, Size frame, float threshold = 0.5F) {
  // In an order that is not the published one; size still comes before offset.
  const auto shape = [](std::size_t channels) { return ov::Shape{1, channels, rows, columns}; };
  const test::GivenOutputs given({shape(10), shape(2), shape(1), shape(2)},
                                 {heads.landmarks, heads.size, heads.heatmap, heads.offset});
  const std::vector<TensorInfo> outputs{{"marks", "f32", {1, 10, rows, columns}},
                                        {"size", "f32", {1, 2, rows, columns}},
                                        {"heat", "f32", {1, 1, rows, columns}},
                                        {"offset", "f32", {1, 2, rows, columns}}};
  Detections found;
  make_adapter("auto", outputs)->decode(given.outputs(), {64, 32}, frame, mapping, threshold, found);
  return found;
}

TEST(CenterFaceDecoding, TurnsACellIntoAFaceWithLandmarks) {
  Heads heads;
  heads.put(5, 3, 0.8F, 16, 8, 0.25F, -0.25F);  // centre (23, 13) in the input
  const Detections found = decode(heads, {0, 0, 2, 10}, {128, 320});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FLOAT_EQ(found[0].score, 0.8F);
  EXPECT_NEAR(found[0].box.x0, 30, 1e-3);
  EXPECT_NEAR(found[0].box.x1, 62, 1e-3);
  EXPECT_NEAR(found[0].box.y0, 90, 1e-3);
  EXPECT_NEAR(found[0].box.y1, 170, 1e-3);
  ASSERT_EQ(found[0].landmark_count, 5);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(found[0].landmarks[i].x, 30 + 32 * (0.1 + 0.2 * static_cast<double>(i)), 1e-3);
    EXPECT_NEAR(found[0].landmarks[i].y, 90 + 80 * (0.2 + 0.2 * static_cast<double>(i)), 1e-3);
  }
}

TEST(CenterFaceDecoding, KeepsTheBestOfOverlappingFacesBestFirst) {
  Heads heads;
  heads.put(2, 3, 0.6F, 16, 16);
  heads.put(3, 3, 0.9F, 16, 16);    // covers the first one by 0.6
  heads.put(12, 3, 0.95F, 16, 16);  // far away
  heads.put(6, 3, 0.7F, 16, 16);    // 0.14 of the second one
  const Detections found = decode(heads, {}, {64, 32});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_FLOAT_EQ(found[0].score, 0.95F);
  EXPECT_FLOAT_EQ(found[1].score, 0.9F);
  EXPECT_FLOAT_EQ(found[2].score, 0.7F);
}

TEST(CenterFaceDecoding, TakesScoresFromTheThresholdOn) {
  Heads heads;
  heads.put(2, 3, 0.5F, 8, 8);
  heads.put(12, 3, 0.49F, 8, 8);
  EXPECT_EQ(decode(heads, {}, {64, 32}).size(), 1U);
}

TEST(CenterFaceDecoding, CutsFacesAtTheFrameButLeavesTheirLandmarks) {
  Heads heads;
  heads.put(0, 0, 0.9F, 16, 16);  // from -6 to 10
  const Detections found = decode(heads, {}, {64, 32});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].box.x0, 0, 1e-4);
  EXPECT_NEAR(found[0].box.x1, 10, 1e-4);
  EXPECT_NEAR(found[0].landmarks[0].x, -6 + 1.6, 1e-4);
}

TEST(CenterFaceDecoding, SurvivesNumbersThatAreNone) {
  for (const float garbage : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                              -std::numeric_limits<float>::infinity(), 1e38F, -1e38F}) {
    Heads heads;
    for (auto* values : {&heads.heatmap, &heads.size, &heads.offset, &heads.landmarks}) {
      std::fill(values->begin(), values->end(), garbage);
    }
    for (const Detection& face : decode(heads, {}, {64, 32})) {
      EXPECT_TRUE(std::isfinite(face.box.x0 + face.box.y0 + face.box.x1 + face.box.y1));
    }
    std::fill(heads.heatmap.begin(), heads.heatmap.end(), 0.9F);
    EXPECT_LE(decode(heads, {}, {64, 32}).size(), cells);
    Heads one;
    one.put(5, 3, 0.9F, 8, 8);
    one.landmarks[3 * columns + 5] = garbage;  // only the first one's y
    const Detections found = decode(one, {}, {64, 32});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].landmark_count, 0) << garbage;
  }
}

TEST(CenterFace, FindsTheOneFaceInEveryFrame) {
  ov::Core core;
  for (const auto path : {PreprocessPath::fast, PreprocessPath::exact}) {
    ImageModelOptions options;
    options.path = test::asset("centerface.onnx");
    options.preprocess = path;
    VideoReader reader(test::asset("carphone_pristine.mp4"));
    const Size size{reader.info().width, reader.info().height};
    const ImageModel model = load_image_model(core, options, size);
    ASSERT_EQ(model.preprocess.width, 192);
    ASSERT_EQ(model.preprocess.height, 160);
    auto request = core.compile_model(model.model, "CPU").create_infer_request();
    Preprocessor preprocessor(model.preprocess);
    Frame frame;
    int frames = 0;
    for (; reader.read(frame) == ReadOutcome::frame; ++frames) {
      ov::Tensor input = request.get_input_tensor();
      const Mapping mapping = preprocessor(frame, {input.data<std::uint8_t>(), input.get_byte_size()});
      request.infer();
      Detections found;
      model.adapter->decode(Outputs(request), {192, 160}, size, mapping, 0.6F, found);
      ASSERT_EQ(found.size(), 1U) << "frame " << frames;
      const Detection& face = found[0];
      ASSERT_EQ(face.landmark_count, 5);
      for (const Point& point : face.landmarks) {
        EXPECT_TRUE(point.x > face.box.x0 && point.x < face.box.x1 && point.y > face.box.y0 && point.y < face.box.y1);
      }
      const auto& [left_eye, right_eye, nose, left_mouth, right_mouth] = face.landmarks;
      EXPECT_LT(left_eye.x, right_eye.x);
      EXPECT_LT(left_mouth.x, right_mouth.x);
      EXPECT_LT(std::max(left_eye.y, right_eye.y), nose.y);
      EXPECT_LT(nose.y, std::min(left_mouth.y, right_mouth.y));
    }
    EXPECT_EQ(frames, 120);
  }
}

}  // namespace
}  // namespace inflight
