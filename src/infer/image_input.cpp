// What pictures need of a model: which input takes them, its shape, and the conversion from bytes.
#include <charconv>

#include <openvino/core/preprocess/pre_post_process.hpp>

#include "inflight/base/error.hpp"
#include "inflight/infer/model.hpp"
#include "inflight/infer/openvino_reason.hpp"

namespace inflight {
namespace {

constexpr long color_channels = 3;

std::string list(const std::vector<TensorInfo>& infos) {
  std::string text;
  for (const TensorInfo& info : infos) text += (text.empty() ? "" : ", ") + info.to_string();
  return text;
}

std::string shape_text(const std::vector<long>& shape) {
  std::string text;
  for (const long dimension : shape) text += (text.empty() ? "" : ",") + std::to_string(dimension);
  return text;
}

}  // namespace

ImageInput image_input_of(const ov::Model& model) {
  const std::vector<TensorInfo> inputs = inputs_of(model);
  if (inputs.size() != 1) {
    throw Error("the model has " + std::to_string(inputs.size()) + " inputs (" + list(inputs) +
                "); one that takes a picture and no other is needed");
  }
  const std::vector<long>& shape = inputs[0].shape;
  const bool picture = shape.size() == 4;
  if (picture && shape[1] == color_channels) return {0, true, shape[0], shape[3], shape[2]};
  if (picture && shape[3] == color_channels) return {0, false, shape[0], shape[2], shape[1]};
  throw Error("the model has no image input: " + list(inputs) +
              " is not 4 dimensions with 3 channels; give --shape when the model leaves them open");
}

void reshape(ov::Model& model, const std::vector<long>& shape) {
  const std::vector<TensorInfo> inputs = inputs_of(model);
  const std::string asked = "--shape " + shape_text(shape);
  if (inputs.size() != 1) {
    throw UsageError(asked + ": the model has " + std::to_string(inputs.size()) + " inputs (" + list(inputs) +
                     "), and a shape can be given to a model with one only");
  }
  const std::string misfit = asked + " does not fit the model's input " + list(inputs) + ": ";
  const ov::Rank rank = model.input().get_partial_shape().rank();
  if (rank.is_static() && rank.get_length() != static_cast<long>(shape.size())) {
    throw UsageError(misfit + "it has " + std::to_string(rank.get_length()) + " dimensions");
  }
  try {
    model.reshape(ov::PartialShape(std::vector<ov::Dimension>(shape.begin(), shape.end())));
  } catch (const std::exception& error) {
    throw UsageError(misfit + openvino_reason(error));
  }
}

void accept_u8_image(std::shared_ptr<ov::Model>& model, const ImageInput& input, const Normalization& normalization) {
  ov::preprocess::PrePostProcessor conversion(model);
  auto& image = conversion.input(input.index);
  image.tensor().set_element_type(ov::element::u8).set_layout("NHWC");
  image.model().set_layout(input.channels_first ? "NCHW" : "NHWC");
  const Normalization none;
  const bool shifted = normalization.mean != none.mean;
  const bool scaled = normalization.scale != none.scale;
  if (shifted || scaled) image.preprocess().convert_element_type(ov::element::f32);
  if (shifted) image.preprocess().mean({normalization.mean.begin(), normalization.mean.end()});
  if (scaled) image.preprocess().scale({normalization.scale.begin(), normalization.scale.end()});
  model = conversion.build();
}

std::vector<long> parse_shape(const std::string& text) {
  constexpr long largest = 1L << 31;  // numbers in all: 8 GB of them
  std::vector<long> shape;
  long total = 1;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    long value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    const bool last = next == end;
    if (error == std::errc::result_out_of_range || (error == std::errc{} && value > largest / total)) {
      throw UsageError("--shape " + text + ": no model takes an input that large");
    }
    if (error != std::errc{} || value < 1 || (!last && *next != ',')) break;
    shape.push_back(value);
    total *= value;
    if (last) return shape;
    at = next + 1;
  }
  throw UsageError("--shape '" + text + "': give positive numbers with commas, for example 1,3,256,256");
}

}  // namespace inflight
