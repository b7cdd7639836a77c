// What preprocessing, painting and decoding allocate once they are warm: nothing.
#include <gtest/gtest.h>

#include "allocation_counter.hpp"
#include "clips.hpp"
#include "inflight/vision/image_model.hpp"
#include "inflight/vision/picture_painter.hpp"
#include "outputs.hpp"

namespace inflight {
namespace {

TEST(Allocation, CounterSeesOurs) {
  const allocation_counter::Scope scope;
  const std::vector<int> numbers(1000, 1);
  EXPECT_EQ(numbers.front(), 1);
  EXPECT_GT(allocation_counter::ours.load(), 0);
}

TEST(Allocation, WarmPreprocessorDoesNone) {
  for (const char* clip : {"b_frames.mp4", "hevc10.mp4", "rotated_90.mp4", "format_nv12.nut", "format_gray10le.mkv",
                           "format_bgra.mkv", "format_yuv411p.mkv"}) {
    const Frame frame = test::first_frame(test::media(clip));
    for (const auto path : {PreprocessPath::fast, PreprocessPath::exact}) {
      for (const auto& [width, height] : {std::pair{40, 30}, std::pair{256, 256}}) {
        Preprocessor preprocessor({width, height, ColorOrder::bgr, ResizeMode::letterbox, path});
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(width * height * 3));
        preprocessor(frame, bytes);
        const allocation_counter::Scope scope;
        for (int i = 0; i < 3; ++i) preprocessor(frame, bytes);
        EXPECT_EQ(allocation_counter::total.load(), 0) << clip << " " << test::name_of(path) << " " << width;
      }
    }
  }
}

TEST(Allocation, WarmPicturePainterDoesNone) {
  for (const char* clip : {"b_frames.mp4", "hevc10.mp4", "rotated_90.mp4", "format_nv12.nut", "format_bgra.mkv"}) {
    const Frame frame = test::first_frame(test::media(clip));
    for (const auto& [width, height] : {std::pair{40, 30}, std::pair{256, 256}}) {
      Canvas canvas(width, height);
      PicturePainter painter({"face"}, true);
      painter(canvas, frame, {});
      const allocation_counter::Scope scope;
      for (int i = 0; i < 3; ++i) painter(canvas, frame, {});
      EXPECT_EQ(allocation_counter::ours.load(), 0) << clip << " " << width;
    }
  }
}

TEST(Allocation, WarmDecodingDoesNone) {
  const test::GivenOutputs rows({{1, 1, 200, 7}}, {std::vector<float>(1400, 0.9F)});
  std::vector<float> faces(10 * 64, 0.5F);
  for (std::size_t i = 0; i < faces.size(); ++i) faces[i] += 0.001F * static_cast<float>(i % 64);
  const test::GivenOutputs heads({{1, 1, 8, 8}, {1, 2, 8, 8}, {1, 2, 8, 8}, {1, 10, 8, 8}},
                                 {faces, faces, faces, faces});
  const auto ssd = make_adapter("ssd", {{{"rows", "f32", {1, 1, 200, 7}}}});
  const auto centerface = make_adapter("centerface", {{{"a", "f32", {1, 1, 8, 8}},
                                                       {"b", "f32", {1, 2, 8, 8}},
                                                       {"c", "f32", {1, 2, 8, 8}},
                                                       {"d", "f32", {1, 10, 8, 8}}}});
  Detections found;
  const auto decode = [&] {
    found.clear();
    ssd->decode(rows.outputs(), {32, 32}, {32, 32}, {0, 0, -1, -1}, 0.5F, found);
    centerface->decode(heads.outputs(), {32, 32}, {32, 32}, {}, 0.5F, found);
  };
  decode();
  EXPECT_FALSE(found.empty());
  const allocation_counter::Scope scope;
  for (int i = 0; i < 3; ++i) decode();
  EXPECT_EQ(allocation_counter::ours.load(), 0);
}

}  // namespace
}  // namespace inflight
