// Model families: which one is chosen, what they ask for, and what SSD rows become.
#include "inflight/vision/adapter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "inflight/base/error.hpp"
#include "outputs.hpp"

namespace inflight {
namespace {

using ::testing::HasSubstr;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

const std::vector<TensorInfo> ssd_outputs{{"detection_out", "f32", {1, 1, 200, 7}}};
const std::vector<TensorInfo> centerface_outputs{{"537", "f32", {10, 1, 8, 8}},
                                                 {"538", "f32", {10, 2, 8, 8}},
                                                 {"539", "f32", {10, 2, 8, 8}},
                                                 {"540", "f32", {10, 10, 8, 8}}};
const std::vector<TensorInfo> classifier_outputs{{"probabilities", "f32", {1, 1000}}};

template <class Exception>
std::string message_of(std::string_view type, const std::vector<TensorInfo>& outputs) {
  try {
    make_adapter(type, outputs);
  } catch (const Exception& error) {
    return error.what();
  }
  return "no error";
}

TEST(MakeAdapter, ChoosesByTheOutputs) {
  EXPECT_EQ(make_adapter("auto", ssd_outputs)->name(), "ssd");
  EXPECT_EQ(make_adapter("auto", {{{"boxes", "f32", {1, 1, -1, 7}}}})->name(), "ssd");
  EXPECT_EQ(make_adapter("auto", centerface_outputs)->name(), "centerface");
  const std::vector<TensorInfo> reversed(centerface_outputs.rbegin(), centerface_outputs.rend());
  EXPECT_EQ(make_adapter("auto", reversed)->name(), "centerface");
}

TEST(MakeAdapter, TakesTheNamedOne) {
  for (const std::string& name : adapter_names()) {
    const auto& outputs = name == "centerface" ? centerface_outputs : ssd_outputs;
    EXPECT_EQ(make_adapter(name, outputs)->name(), name);
  }
  EXPECT_EQ(make_adapter("raw", classifier_outputs)->name(), "raw");
}

TEST(MakeAdapter, NamesAdaptersAndOutputsWhenNoneFits) {
  for (const std::string& message :
       {message_of<Error>("auto", classifier_outputs), message_of<UsageError>("ssd", classifier_outputs),
        message_of<UsageError>("centerface", classifier_outputs), message_of<UsageError>("yolo", classifier_outputs)}) {
    for (const char* part : {"ssd", "centerface", "raw", "probabilities f32[1,1000]"}) {
      EXPECT_THAT(message, HasSubstr(part));
    }
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
  EXPECT_EQ(message_of<UsageError>("centerface", ssd_outputs).find("no error"), std::string::npos);
}

TEST(MakeAdapter, RefusesOutputsOfOtherNumbers) {
  EXPECT_THROW(make_adapter("auto", {{{"detection_out", "f16", {1, 1, 200, 7}}}}), Error);
  EXPECT_THROW(make_adapter("auto", {{{"a", "f32", {1, 1, 200, 6}}}}), Error);
  auto three_pairs = centerface_outputs;
  three_pairs[0].shape[1] = 2;
  EXPECT_THROW(make_adapter("auto", three_pairs), Error);
  EXPECT_THROW(make_adapter("auto", {}), Error);
}

TEST(PreferredInput, FollowsTheFrameWhereTheModelLeavesItOpen) {
  const auto centerface = make_adapter("centerface", centerface_outputs);
  for (const Size open : {Size{32, 32}, Size{-1, -1}}) {
    EXPECT_EQ(centerface->preferred_input(open, {176, 144}), (Size{192, 160}));
    EXPECT_EQ(centerface->preferred_input(open, {640, 272}), (Size{320, 128}));
    EXPECT_EQ(centerface->preferred_input(open, {1280, 720}), (Size{320, 192}));
    EXPECT_EQ(centerface->preferred_input(open, {720, 1280}), (Size{192, 320}));
    EXPECT_EQ(centerface->preferred_input(open, {4000, 3}), (Size{320, 32}));
    EXPECT_EQ(centerface->preferred_input(open, {1, 1}), (Size{32, 32}));
  }
  EXPECT_EQ(centerface->preferred_input({640, 480}, {176, 144}), Size{});

  for (const auto& adapter : {make_adapter("ssd", ssd_outputs), make_adapter("raw", ssd_outputs)}) {
    EXPECT_EQ(adapter->preferred_input({256, 256}, {1280, 720}), Size{});
    EXPECT_EQ(adapter->preferred_input({32, 32}, {1280, 720}), Size{});
    EXPECT_EQ(adapter->preferred_input({-1, -1}, {176, 144}), (Size{192, 160}));
    EXPECT_EQ(adapter->preferred_input({-1, -1}, {1280, 720}), (Size{640, 384}));
    EXPECT_EQ(adapter->preferred_input({-1, 256}, {1280, 720}), (Size{640, 256}));
  }
}

class SsdDecoding : public ::testing::Test {
 protected:
  Detections decode(std::vector<float> rows, const Mapping& mapping, float threshold = 0.5F) {
    rows.resize(7 * 6);  // the rest are rows of image 0 without a score
    test::GivenOutputs given({{1, 1, 6, 7}}, {rows});
    Detections found;
    make_adapter("ssd", ssd_outputs)->decode(given.outputs(), {100, 50}, {400, 300}, mapping, threshold, found);
    return found;
  }

  const Mapping stretch_{0, 0, 4, 6};
};

TEST_F(SsdDecoding, ScalesBoxesToTheFrameAndKeepsTheThreshold) {
  const Detections found = decode({0, 3, 0.9F,  0.25F, 0.5F, 0.75F, 1,     //
                                   0, 1, 0.5F,  0,     0,    0.5F,  0.5F,  //
                                   0, 1, 0.49F, 0,     0,    1,     1},
                                  stretch_);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].box, (Box{100, 150, 300, 300}));
  EXPECT_EQ(found[0].label, 3);
  EXPECT_FLOAT_EQ(found[0].score, 0.9F);
  EXPECT_EQ(found[0].landmark_count, 0);
  EXPECT_EQ(found[1].box, (Box{0, 0, 200, 150}));
}

TEST_F(SsdDecoding, UndoesTheLetterbox) {
  // The 400x300 frame fills 66 x 50 of the 100x50 input, from x = 17.
  const Mapping letterbox{17, 0, 400.0F / 66, 6};
  const Detections found = decode({0, 1, 0.9F, 0.17F, 0.2F, 0.83F, 0.4F}, letterbox);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].box.x0, 0, 1e-3);
  EXPECT_NEAR(found[0].box.x1, 400, 1e-3);
  EXPECT_NEAR(found[0].box.y0, 60, 1e-3);
  EXPECT_NEAR(found[0].box.y1, 120, 1e-3);
}

TEST_F(SsdDecoding, EndsAtTheFirstNegativeImage) {
  EXPECT_TRUE(decode({-1, 0, 0, 0, 0, 0, 0, 0, 1, 0.9F, 0, 0, 1, 1}, stretch_).empty());
}

TEST_F(SsdDecoding, CutsBoxesAtTheFrameAndDropsThoseOutside) {
  const Detections found = decode({0, 1, 0.9F, -0.5F, -0.5F, 0.5F, 0.5F, 0, 1, 0.9F, 1.1F, 0, 1.5F, 1}, stretch_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].box, (Box{0, 0, 200, 150}));
}

TEST_F(SsdDecoding, SurvivesNumbersThatAreNone) {
  const Detections found = decode({nan, nan, nan, nan, nan, nan, nan}, stretch_);
  EXPECT_TRUE(found.empty());
  const Detections rest = decode({0, nan,   0.9F,     0,   0, 1,        1,     //
                                  0, 1,     nan,      0,   0, 1,        1,     //
                                  0, 1,     0.9F,     nan, 0, 1,        1,     //
                                  0, 1,     infinity, 0,   0, 0.5F,     0.5F,  //
                                  0, 1e30F, 0.9F,     0,   0, infinity, 1},
                                 stretch_);
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[0].label, 0);
  EXPECT_EQ(rest[1].score, 1);
}

TEST(RawDecoding, FindsNothing) {
  test::GivenOutputs given({{1, 1, 6, 7}}, {std::vector<float>(42, 0.9F)});
  Detections found;
  make_adapter("raw", ssd_outputs)->decode(given.outputs(), {10, 10}, {10, 10}, {}, 0, found);
  EXPECT_TRUE(found.empty());
}

TEST(IntersectionOverUnion, MeasuresOverlap) {
  const Box box{0, 0, 10, 10};
  EXPECT_FLOAT_EQ(intersection_over_union(box, box), 1);
  EXPECT_FLOAT_EQ(intersection_over_union(box, {5, 0, 15, 10}), 50.0F / 150);
  EXPECT_FLOAT_EQ(intersection_over_union(box, {2, 2, 7, 7}), 0.25F);
  EXPECT_EQ(intersection_over_union(box, {10, 0, 20, 10}), 0);
  EXPECT_EQ(intersection_over_union(box, {12, 12, 20, 20}), 0);
  EXPECT_EQ(intersection_over_union({5, 5, 5, 5}, {5, 5, 5, 5}), 0);
  EXPECT_EQ(intersection_over_union({10, 10, 0, 0}, box), 0);
}

}  // namespace
}  // namespace inflight
