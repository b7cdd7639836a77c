// Models as files, and what their inputs and outputs are.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <openvino/runtime/core.hpp>

namespace inflight {

/// One input or output of a model. Dynamic dimensions are -1.
struct TensorInfo {
  std::string name;
  std::string type;         ///< "f32"
  std::vector<long> shape;  ///< -1: any

  /// "detection_out f32[1,1,200,7]"
  std::string to_string() const;
};

/// The one image input of a model.
struct ImageInput {
  std::size_t index = 0;  ///< among the model's inputs
  bool channels_first = true;
  long batch = 1;   ///< -1: any
  long width = -1;  ///< pixels, -1: any
  long height = -1;
};

/// Reads IR (.xml), ONNX, TFLite or Paddle. Blocks: on the file.
/// Throws: Error when the file is missing, damaged, of a kind that OpenVINO does not read, or an IR lacks its .bin.
std::shared_ptr<ov::Model> read_model(ov::Core& core, const std::string& path);

/// The model's inputs, in its order.
std::vector<TensorInfo> inputs_of(const ov::Model& model);
/// The model's outputs, in its order.
std::vector<TensorInfo> outputs_of(const ov::Model& model);

/// The input that takes a picture: rank 4 with 3 channels first or last.
/// Throws: Error, with the list of inputs, when there is none or more than one input.
ImageInput image_input_of(const ov::Model& model);

/// Gives the model's only input a shape. Throws: UsageError, with the model's own shape, when it does not fit.
void reshape(ov::Model& model, const std::vector<long>& shape);

/// How the bytes of a picture are to become the model's numbers: (value - mean) / scale per channel, in the channel
/// order that the model sees.
struct Normalization {
  std::array<float, 3> mean{0, 0, 0};
  std::array<float, 3> scale{1, 1, 1};
};

/// Builds the conversion into the model, so that its input becomes u8 interleaved (NHWC) of the same size. Conversion
/// and transposition then run inside the compiled graph. Replaces `model`. Throws: ov::Exception for an index that
/// the model does not have.
void accept_u8_image(std::shared_ptr<ov::Model>& model, const ImageInput& input, const Normalization& normalization);

/// "1,3,256,256" as numbers. Throws: UsageError when it is not a list of positive numbers.
std::vector<long> parse_shape(const std::string& text);

}  // namespace inflight
