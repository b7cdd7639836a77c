// Reading model files, and what messages say of those that are none.
#include "inflight/infer/model.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <openvino/core/graph_util.hpp>
#include <openvino/runtime/core.hpp>

#include "inflight/base/error.hpp"
#include "model_files.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ReadModel : public testing::Test {
 protected:
  std::string error_of(const std::string& path) {
    return message_of<Error>([&] { read_model(core_, path); });
  }
  /// All numbers of the first output when all of the input are `value`.
  std::vector<float> outputs_for(const std::shared_ptr<ov::Model>& model, float value) {
    ov::InferRequest request = core_.compile_model(model, "CPU").create_infer_request();
    ov::Tensor input = request.get_input_tensor();
    std::fill_n(input.data<float>(), input.get_size(), value);
    request.infer();
    const ov::Tensor output = request.get_output_tensor(0);
    return {output.data<const float>(), output.data<const float>() + output.get_size()};
  }
  std::string centerface() { return bytes_of_file(INFLIGHT_ASSETS "/centerface.onnx"); }

  ov::Core core_;
  TemporaryFolder folder_;
};

TEST_F(ReadModel, ReadsOnnxAndIr) {
  EXPECT_EQ(inputs_of(*read_model(core_, INFLIGHT_ASSETS "/centerface.onnx")).at(0).to_string(),
            "input.1 f32[10,3,32,32]");
  ov::save_model(add_one_model({1, 3, 8, 8}), folder_ / "model.xml");
  EXPECT_EQ(inputs_of(*read_model(core_, folder_ / "model.xml")).at(0).to_string(), "image0 f32[1,3,8,8]");
}

TEST_F(ReadModel, ReadsPaddle) {
  const auto model = read_model(core_, INFLIGHT_TEST_MODELS "/relu.pdmodel");
  EXPECT_EQ(inputs_of(*model).at(0).to_string(), "picture f32[1,3,24,40]");
  EXPECT_EQ(outputs_of(*model).at(0).to_string(), "relu_out f32[1,3,24,40]");
  EXPECT_THAT(outputs_for(model, -1), Each(0));
  EXPECT_THAT(outputs_for(model, 2), Each(2));
}

TEST_F(ReadModel, ReadsTfLite) {
  const auto model = read_model(core_, INFLIGHT_TEST_MODELS "/add.tflite");
  EXPECT_EQ(inputs_of(*model).at(0).to_string(), "picture f32[1,24,40,3]");
  EXPECT_EQ(outputs_of(*model).at(0).to_string(), "sum f32[1,24,40,3]");
  EXPECT_FALSE(image_input_of(*model).channels_first);
  auto outputs = outputs_for(model, 1);
  EXPECT_EQ(outputs.size(), 24U * 40 * 3);
  outputs.resize(4);
  EXPECT_THAT(outputs, ElementsAre(11, 21, 31, 11)) << "10, 20 and 30 are added by channel";
}

TEST_F(ReadModel, NamesAMissingFile) {
  EXPECT_EQ(error_of(folder_ / "no.onnx"), folder_ / "no.onnx" + ": no such model file; check --model");
  EXPECT_EQ(error_of(""), "--model is empty; name a model file");
}

TEST_F(ReadModel, NamesAnEmptyFile) {
  for (const char* name : {"empty.onnx", "empty.xml", "empty.tflite"}) {
    const std::string path = folder_.write(name, "");
    EXPECT_EQ(error_of(path), path + ": the model file is empty; download or convert it again");
  }
}

TEST_F(ReadModel, KnowsTextFromModels) {
  for (const char* name : {"text.onnx", "text.tflite", "text.pdmodel", "text.pb"}) {
    const std::string path = folder_.write(name, "404: not found\n");
    EXPECT_EQ(error_of(path), path + ": this is text, not a model; download or convert it again");
  }
  folder_.write("text.bin", "");
  const std::string path = folder_.write("text.xml", "<html>404: not found</html>\n");
  EXPECT_EQ(error_of(path), path + ": this is not an OpenVINO IR, it has no <net>; name the model's .xml");
}

TEST_F(ReadModel, NamesTheKindsThatItReadsWhenGivenAnother) {
  const std::string video = INFLIGHT_ASSETS "/bikes.mp4";
  EXPECT_EQ(error_of(video), video +
                                 ": not a kind of model that OpenVINO reads; name an .xml (IR), .onnx, .tflite, "
                                 ".pdmodel or .pb");
  EXPECT_EQ(error_of(folder_.path()),
            folder_.path() + ": this folder is no model that OpenVINO reads; name the model's file");
}

TEST_F(ReadModel, SaysThatATruncatedOnnxIsDamaged) {
  const std::string whole = centerface();
  for (const std::size_t size : {std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    const std::string path = folder_.write("cut.onnx", whole.substr(0, size));
    EXPECT_EQ(error_of(path),
              path + ": OpenVINO cannot read this model; download or convert it again: Model can't be parsed");
  }
}

TEST_F(ReadModel, AsksForTheWeightsOfAnIr) {
  ov::save_model(add_one_model({1, 3, 8, 8}), folder_ / "model.xml");
  std::filesystem::remove(folder_ / "model.bin");
  EXPECT_EQ(error_of(folder_ / "model.xml"),
            folder_ / "model.xml" + ": its weights are missing; put " + folder_ / "model.bin" + " beside it");
}

TEST_F(ReadModel, SaysThatAnIrWithCutFilesIsDamaged) {
  ov::save_model(core_.read_model(INFLIGHT_ASSETS "/centerface.onnx"), folder_ / "model.xml");
  std::filesystem::resize_file(folder_ / "model.bin", 1000);
  EXPECT_THAT(error_of(folder_ / "model.xml"),
              AllOf(StartsWith(folder_ / "model.xml" + ": OpenVINO cannot read this model"), HasSubstr("weights")));
  std::filesystem::resize_file(folder_ / "model.xml", 5000);
  EXPECT_THAT(error_of(folder_ / "model.xml"),
              AllOf(StartsWith(folder_ / "model.xml" + ": OpenVINO cannot read this model"), HasSubstr("at offset")));
}

TEST_F(ReadModel, NamesAnOperationThatOpenVinoDoesNotHave) {
  ov::save_model(add_one_model({1, 3, 8, 8}), folder_ / "model.xml");
  std::string text = bytes_of_file(folder_ / "model.xml");
  text.replace(text.find("type=\"Add\""), 10, "type=\"Wild\"");
  folder_.write("model.xml", text);
  EXPECT_THAT(error_of(folder_ / "model.xml"), HasSubstr("Wild"));
}

TEST(TensorInfo, ReadsLikeADeclaration) {
  EXPECT_EQ((TensorInfo{"detection_out", "f32", {1, 1, 200, 7}}).to_string(), "detection_out f32[1,1,200,7]");
  EXPECT_EQ((TensorInfo{"image", "u8", {-1, 3, -1, -1}}).to_string(), "image u8[?,3,?,?]");
  EXPECT_EQ((TensorInfo{"scalar", "i64", {}}).to_string(), "scalar i64[]");
}

TEST(TensorInfo, TellsNameTypeAndShapeOfInputsAndOutputs) {
  const auto model = add_one_model({-1, 3, 8, -1}, ov::element::f16, 2);
  const auto inputs = inputs_of(*model);
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(inputs[0].to_string(), "image0 f16[?,3,8,?]");
  EXPECT_EQ(inputs[1].to_string(), "image1 f16[?,3,8,?]");
  ASSERT_EQ(outputs_of(*model).size(), 1u);
  EXPECT_EQ(outputs_of(*model)[0].to_string(), "sum f16[?,3,8,?]");
}

TEST(TensorInfo, NamesAnUnnamedTensorAfterItsOperation) {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::PartialShape::dynamic());
  input->set_friendly_name("nameless");
  const ov::Model model(ov::OutputVector{input}, ov::ParameterVector{input});
  EXPECT_EQ(inputs_of(model)[0].name, "nameless");
  EXPECT_TRUE(inputs_of(model)[0].shape.empty());
}

TEST(Reshape, GivesTheInputItsShape) {
  ov::Core core;
  const auto model = core.read_model(INFLIGHT_ASSETS "/centerface.onnx");
  reshape(*model, {1, 3, 64, 96});
  EXPECT_THAT(inputs_of(*model)[0].shape, ElementsAre(1, 3, 64, 96));
  EXPECT_THAT(outputs_of(*model)[0].shape, ElementsAre(1, 1, 16, 24));
}

TEST(Reshape, SaysWhyAShapeDoesNotFitAndLeavesTheModelAsItWas) {
  ov::Core core;
  const auto model = core.read_model(INFLIGHT_ASSETS "/centerface.onnx");
  const auto error_of = [&](const std::vector<long>& shape) {
    return message_of<UsageError>([&] { reshape(*model, shape); });
  };
  EXPECT_EQ(
      error_of({1, 4, 64, 64}),
      "--shape 1,4,64,64 does not fit the model's input input.1 f32[10,3,32,32]: Data batch channel count (4) does "
      "not match filter input channel count (3).");
  EXPECT_EQ(error_of({1, 3, 64}),
            "--shape 1,3,64 does not fit the model's input input.1 f32[10,3,32,32]: it has 4 "
            "dimensions");
  EXPECT_THAT(error_of({1, 3, 65, 63}), StartsWith("--shape 1,3,65,63 does not fit the model's input input.1"));
  EXPECT_EQ(inputs_of(*model)[0].to_string(), "input.1 f32[10,3,32,32]");
}

TEST(Reshape, RefusesAModelOfSeveralInputs) {
  const auto model = add_one_model({1, 3, 8, 8}, ov::element::f32, 2);
  EXPECT_EQ(
      message_of<UsageError>([&] { reshape(*model, {1, 3, 4, 4}); }),
      "--shape 1,3,4,4: the model has 2 inputs (image0 f32[1,3,8,8], image1 f32[1,3,8,8]), and a shape can be given "
      "to a model with one only");
}

TEST(ParseShape, ReadsNumbersWithCommas) {
  EXPECT_THAT(parse_shape("1,3,256,256"), ElementsAre(1, 3, 256, 256));
  EXPECT_THAT(parse_shape("7"), ElementsAre(7));
}

TEST(ParseShape, RefusesWhatIsNoListOfPositiveNumbers) {
  for (const std::string text :
       {"", ",", "1,", ",1", "1,,2", "0", "1,0,3", "-1,3", "1x3", "1, 3", " 1", "1.5", "abc", "+1", "?,3"}) {
    EXPECT_EQ(message_of<UsageError>([&] { parse_shape(text); }),
              "--shape '" + text + "': give positive numbers with commas, for example 1,3,256,256");
  }
}

TEST(ParseShape, RefusesAbsurdSizes) {
  for (const std::string text :
       {"99999999999999999999", "9223372036854775807,2", "65536,65536", "1,3,1048576,1048576"}) {
    EXPECT_EQ(message_of<UsageError>([&] { parse_shape(text); }),
              "--shape " + text + ": no model takes an input that large");
  }
}

}  // namespace
}  // namespace inflight
