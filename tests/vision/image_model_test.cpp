// Model files made ready for pictures.
#include "inflight/vision/image_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openvino/op/constant.hpp>
#include <openvino/op/reduce_sum.hpp>
#include <openvino/openvino.hpp>

#include "clips.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using test::TemporaryFile;

/// Saves a model that sums each channel of its input; the sums are its output.
class SavedModel {
 public:
  explicit SavedModel(const ov::PartialShape& shape, std::vector<long> axes = {2, 3}) : xml_(".xml") {
    const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, shape);
    const auto constant = ov::op::v0::Constant::create(ov::element::i64, {axes.size()}, axes);
    const auto sum = std::make_shared<ov::op::v1::ReduceSum>(input, constant);
    ov::save_model(std::make_shared<ov::Model>(ov::OutputVector{sum}, ov::ParameterVector{input}), xml_.path(), false);
  }
  ~SavedModel() { std::filesystem::remove(std::filesystem::path(xml_.path()).replace_extension(".bin")); }

  const std::string& path() const { return xml_.path(); }

 private:
  TemporaryFile xml_;
};

ImageModel load(const std::string& path, const std::string& shape = "", const std::string& type = "raw") {
  ov::Core core;
  ImageModelOptions options;
  options.path = path;
  options.model_type = type;
  options.shape = shape;
  return load_image_model(core, options, {1280, 720});
}

std::pair<int, int> size_of(const ImageModel& model) { return {model.preprocess.width, model.preprocess.height}; }

TEST(LoadImageModel, KeepsTheModelsOwnSizeAndTakesBytes) {
  const SavedModel file({1, 3, 40, 60});
  const ImageModel model = load(file.path());
  EXPECT_EQ(size_of(model), (std::pair{60, 40}));
  EXPECT_EQ(model.model->input().get_element_type(), ov::element::u8);
  EXPECT_EQ(model.model->input().get_shape(), (ov::Shape{1, 40, 60, 3}));
  EXPECT_EQ(model.name, std::filesystem::path(file.path()).stem().string());
}

TEST(LoadImageModel, SimulatesAnAcceleratorAndSaysSo) {
  const SavedModel file({1, 3, 40, 60});
  ov::Core core;
  ImageModelOptions options;
  options.path = file.path();
  options.model_type = "raw";
  options.simulated = Milliseconds(2.5);
  const ImageModel model = load_image_model(core, options, {1280, 720});
  EXPECT_EQ(model.model->input().get_element_type(), ov::element::u8);
  EXPECT_EQ(model.model->input().get_shape(), (ov::Shape{1, 40, 60, 3}));
  EXPECT_EQ(model.model->output().get_shape(), (ov::Shape{1, 3}));
  EXPECT_EQ(simulation_text(model), "SIMULATED accelerator, 2.5 ms each inference");
  EXPECT_THAT(model.name, testing::EndsWith(" (SIMULATED accelerator, 2.5 ms each inference)"));
  EXPECT_EQ(simulation_text(load(file.path())), "");
}

TEST(LoadImageModel, SettlesOpenSizesAndBatches) {
  EXPECT_EQ(size_of(load(SavedModel({-1, 3, -1, -1}).path())), (std::pair{640, 384}));
  EXPECT_EQ(size_of(load(SavedModel({8, 3, 40, 60}).path())), (std::pair{60, 40}));
  EXPECT_EQ(load(SavedModel({8, 3, 40, 60}).path()).model->input().get_shape()[0], 1U);
  EXPECT_EQ(size_of(load(SavedModel({-1, 40, 60, 3}, {1, 2}).path())), (std::pair{60, 40}));
  EXPECT_EQ(size_of(load(test::asset("centerface.onnx"), "", "auto")), (std::pair{320, 192}));
}

TEST(LoadImageModel, TakesTheGivenShape) {
  EXPECT_EQ(size_of(load(SavedModel({1, 3, 40, 60}).path(), "1,3,20,30")), (std::pair{30, 20}));
  EXPECT_EQ(size_of(load(SavedModel({-1, -1, -1, 3}, {1, 2}).path(), "1,20,30,3")), (std::pair{30, 20}));
  const ImageModel faces = load(test::asset("centerface.onnx"), "1,3,96,64", "auto");
  EXPECT_EQ(size_of(faces), (std::pair{64, 96}));
  EXPECT_EQ(faces.model->output(0).get_shape(), (ov::Shape{1, 1, 24, 16}));
}

TEST(LoadImageModel, RefusesShapesThatCannotBe) {
  const SavedModel file({1, 3, 40, 60});
  EXPECT_THROW(load(file.path(), "4,3,40,60"), UsageError);
  EXPECT_THROW(load(file.path(), "1,3,40"), UsageError);
  EXPECT_THROW(load(file.path(), "1,3,40,x"), UsageError);
  EXPECT_THROW(load(test::asset("centerface.onnx"), "1,4,96,64", "auto"), UsageError);
}

TEST(LoadImageModel, UsesTheFamilysColoursUnlessToldOtherwise) {
  EXPECT_EQ(load(test::asset("centerface.onnx"), "", "auto").preprocess.color, ColorOrder::rgb);
  ov::Core core;
  ImageModelOptions options;
  options.path = test::asset("centerface.onnx");
  options.color = ColorOrder::bgr;
  EXPECT_EQ(load_image_model(core, options, {176, 144}).preprocess.color, ColorOrder::bgr);
}

TEST(LoadImageModel, BuildsTheNormalizationIn) {
  const SavedModel file({1, 3, 2, 2});
  ov::Core core;
  ImageModelOptions options;
  options.path = file.path();
  options.model_type = "raw";
  options.normalization = {.mean = {10, 20, 30}, .scale = {2, 4, 8}};
  const ImageModel model = load_image_model(core, options, {2, 2});
  auto request =
      core.compile_model(model.model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  ov::Tensor input = request.get_input_tensor();
  for (int i = 0; i < 12; ++i) input.data<std::uint8_t>()[i] = static_cast<std::uint8_t>(50 + 50 * (i % 3));
  request.infer();
  const float* sums = request.get_output_tensor().data<const float>();
  EXPECT_FLOAT_EQ(sums[0], 4 * (50 - 10) / 2.0F);
  EXPECT_FLOAT_EQ(sums[1], 4 * (100 - 20) / 4.0F);
  EXPECT_FLOAT_EQ(sums[2], 4 * (150 - 30) / 8.0F);
}

TEST(LoadImageModel, SaysWhatIsWrongWithTheModel) {
  EXPECT_THROW(load("/no/such/model.xml"), Error);
  const SavedModel classifier({1, 3, 40, 60});
  EXPECT_THROW(load(classifier.path(), "", "auto"), Error);
  EXPECT_THROW(load(classifier.path(), "", "ssd"), UsageError);
}

}  // namespace
}  // namespace inflight
