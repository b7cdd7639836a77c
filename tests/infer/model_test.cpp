// Reading model files, and what messages say of those that are none.
#include "inflight/infer/model.hpp"

#include <string>

#include <gmock/gmock.h>

#include <openvino/core/graph_util.hpp>
#include <openvino/runtime/core.hpp>

#include "inflight/base/error.hpp"
#include "model_files.hpp"

namespace inflight {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ReadModel : public testing::Test {
 protected:
  std::string error_of(const std::string& path) {
    return message_of<Error>([&] { read_model(core_, path); });
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

/// A Paddle program of one Relu, in the wire format of protocol buffers: what its converter writes into a .pdmodel.
std::string paddle_relu() {
  const auto number = [](int field, int value) {
    return std::string{static_cast<char>(field << 3), static_cast<char>(value)};
  };
  const auto bytes = [](int field, const std::string& content) {
    std::string length{static_cast<char>(content.size() & 0x7f)};
    if (content.size() > 0x7f)
      length = std::string{static_cast<char>(length[0] | 0x80), static_cast<char>(content.size() >> 7)};
    return static_cast<char>(field << 3 | 2) + length + content;
  };
  constexpr int f32 = 5, tensor = 7, feed = 9, fetch = 10;
  const auto variable = [&](const std::string& name, int type, const std::string& description) {
    return bytes(3, bytes(1, name) + bytes(2, number(1, type) + description));
  };
  const std::string image = number(1, f32) + number(2, 1) + number(2, 3) + number(2, 8) + number(2, 8);
  const auto operation = [&](const std::string& type, const std::string& from, const std::string& to) {
    return bytes(4, bytes(1, bytes(1, "X") + bytes(2, from)) + bytes(2, bytes(1, "Out") + bytes(2, to)) +
                        bytes(3, type) + bytes(4, bytes(1, "col") + number(2, 0) + number(3, 0)));
  };
  const std::string block = number(1, 0) + number(2, 0) + variable("feed", feed, "") + variable("fetch", fetch, "") +
                            variable("x", tensor, bytes(3, bytes(1, image))) +
                            variable("y", tensor, bytes(3, bytes(1, image))) + operation("feed", "feed", "x") +
                            operation("relu", "x", "y") + operation("fetch", "y", "fetch");
  return bytes(1, block) + bytes(4, number(1, 0));
}

TEST_F(ReadModel, ReadsPaddle) {
  const auto model = read_model(core_, folder_.write("relu.pdmodel", paddle_relu()));
  EXPECT_EQ(inputs_of(*model).at(0).to_string(), "x f32[1,3,8,8]");
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
