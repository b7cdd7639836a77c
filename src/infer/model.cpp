#include "inflight/infer/model.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "inflight/base/error.hpp"
#include "inflight/infer/openvino_reason.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

template <class Port>
TensorInfo info_of(const Port& port) {
  TensorInfo info;
  info.name = port.get_names().empty() ? port.get_node()->get_friendly_name() : port.get_any_name();
  info.type = port.get_element_type().get_type_name();
  const ov::PartialShape& shape = port.get_partial_shape();
  if (shape.rank().is_dynamic()) return info;
  for (const ov::Dimension& dimension : shape) {
    info.shape.push_back(dimension.is_static() ? static_cast<long>(dimension.get_length()) : -1);
  }
  return info;
}

/// The first bytes of a file; fewer when it is shorter.
std::string head_of(const fs::path& file) {
  std::string head(4096, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

bool is_text(const std::string& head) {
  return std::all_of(head.begin(), head.end(), [](unsigned char c) { return c >= ' ' || std::isspace(c) != 0; });
}

/// What can be said better, or with less noise, than by OpenVINO, whose readers each log what they make of the file.
void check_model_file(const fs::path& file) {
  if (file.empty()) throw Error("--model is empty; name a model file");
  const std::string path = file.string();
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) throw Error(path + ": no such model file; check --model");
  if (fs::is_directory(status)) {  // as TensorFlow's and old Paddle's models are
    if (fs::exists(file / "saved_model.pb") || fs::exists(file / "__model__")) return;
    throw Error(path + ": this folder is no model that OpenVINO reads; name the model's file");
  }
  const std::string kind = file.extension().string();
  const auto kinds = {".xml", ".onnx", ".tflite", ".pdmodel", ".pb"};
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    throw Error(path + ": not a kind of model that OpenVINO reads; name an .xml (IR), .onnx, .tflite, .pdmodel or .pb");
  }
  if (fs::file_size(file, error) == 0) {
    throw Error(path + ": the model file is empty; download or convert it again");
  }
  const std::string head = head_of(file);
  if (kind != ".xml") {
    if (is_text(head)) throw Error(path + ": this is text, not a model; download or convert it again");
    return;
  }
  if (head.find("<net") == std::string::npos) {
    throw Error(path + ": this is not an OpenVINO IR, it has no <net>; name the model's .xml");
  }
  const fs::path weights = fs::path(file).replace_extension(".bin");
  if (!fs::exists(weights)) throw Error(path + ": its weights are missing; put " + weights.string() + " beside it");
}

}  // namespace

std::string TensorInfo::to_string() const {
  std::string text = name + " " + type + "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ",") + (shape[i] < 0 ? std::string("?") : std::to_string(shape[i]));
  }
  return text + "]";
}

std::shared_ptr<ov::Model> read_model(ov::Core& core, const std::string& path) {
  check_model_file(path);
  try {
    return core.read_model(path);
  } catch (const std::exception& error) {
    throw Error(path + ": OpenVINO cannot read this model; download or convert it again: " + openvino_reason(error));
  }
}

std::vector<TensorInfo> inputs_of(const ov::Model& model) {
  std::vector<TensorInfo> infos;
  for (const auto& port : model.inputs()) infos.push_back(info_of(port));
  return infos;
}

std::vector<TensorInfo> outputs_of(const ov::Model& model) {
  std::vector<TensorInfo> infos;
  for (const auto& port : model.outputs()) infos.push_back(info_of(port));
  return infos;
}

}  // namespace inflight
