#include "common_options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "inflight/base/error.hpp"
#include "inflight/vision/adapter.hpp"
#include "number_range.hpp"
#include "option_group.hpp"

namespace inflight::cli {
namespace {

constexpr long most_requests = 1024;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

/// The value for `way` in "4" or "queue=4,sync=1"; empty when there is none.
std::string value_for(const char* flag, const std::string& text, const std::string& way) {
  std::string value;
  for (const std::string& part : split(text)) {
    const auto equals = part.find('=');
    if (part.empty() || equals + 1 == part.size()) {
      throw UsageError(fmt::format("{} {}: a value is missing; give one for all ways, or WAY=VALUE", flag, text));
    }
    if (equals == std::string::npos) {
      value = part;
      continue;
    }
    const std::string name = part.substr(0, equals);
    const auto known = way_names();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw UsageError(
          fmt::format("{} {}: there is no way '{}'; choose from {}", flag, text, name, fmt::join(known, ", ")));
    }
    if (name == way) return part.substr(equals + 1);
  }
  return value;
}

/// The number that the whole text is.
template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number number{};
  const char* const text_end = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), text_end, number);
  if (error != std::errc{} || end != text_end) return std::nullopt;
  if constexpr (std::floating_point<Number>) {
    if (!std::isfinite(number)) return std::nullopt;  // "nan" and "inf" are read too
  }
  return number;
}

int count_for(const char* flag, const std::string& text, const std::string& way) {
  const std::string value = value_for(flag, text, way);
  if (value.empty()) return 0;
  const std::optional<int> count = number_in<int>(value);
  if (!count || *count < 1 || *count > most_requests) {
    throw UsageError(fmt::format("{} {}: give a whole number from 1 to {}", flag, value, most_requests));
  }
  return *count;
}

std::array<float, 3> three_numbers(const char* flag, const std::string& text, float otherwise, bool zero_allowed) {
  if (text.empty()) return {otherwise, otherwise, otherwise};
  std::vector<float> numbers;
  for (const std::string& part : split(text)) {
    const std::optional<float> number = number_in<float>(part);
    if (!number || (!zero_allowed && *number == 0)) {
      numbers.clear();
      break;
    }
    numbers.push_back(*number);
  }
  if (numbers.size() == 1) return {numbers[0], numbers[0], numbers[0]};
  if (numbers.size() == 3) return {numbers[0], numbers[1], numbers[2]};
  throw UsageError(fmt::format("{} {}: give one number or three with commas{}, for example 123.7,116.3,103.5", flag,
                               text, zero_allowed ? "" : ", none of them 0"));
}

/// "6ms" as a number of them.
Milliseconds simulated_time(const CommonOptions& options) {
  const std::string& text = options.simulated_accelerator;
  if (text.empty()) return Milliseconds(0);
  const auto unit = text.find_first_not_of("0123456789.");
  const std::optional<double> count = number_in<double>(text.substr(0, unit));
  if (!count || *count < 0.1 || *count > 10'000 || unit == std::string::npos || text.substr(unit) != "ms") {
    throw UsageError(fmt::format("--simulated-accelerator {}: give 0.1 to 10000 milliseconds, for example 6ms", text));
  }
  const std::string flag = "--simulated-accelerator " + text;
  if (options.device != "CPU") {
    throw UsageError(
        fmt::format("{} stands in for a device and waits on the CPU; leave out --device {}", flag, options.device));
  }
  if (!options.cache_dir.empty()) throw UsageError(flag + " compiles nothing to be kept; leave out --cache-dir");
  return Milliseconds(*count);
}

}  // namespace

void add_simulation_option(CLI::App& command, CommonOptions& options) {
  OptionGroup(command, "Device")
      .add("--simulated-accelerator", options.simulated_accelerator, "TIMEms",
           "SIMULATED: each inference sleeps so long instead, as if an accelerator worked; finds nothing");
}

void add_model_options(CLI::App& command, CommonOptions& options, bool model_required) {
  OptionGroup model(command, "Model"), device(command, "Device");
  model.add("-m,--model", options.model, "FILE", "Model file: OpenVINO IR (.xml), ONNX, TFLite or Paddle")
      ->required(model_required);
  model
      .add("--model-type", options.model_type, fmt::format("auto|{}", fmt::join(adapter_names(), "|")),
           "Family of the model; auto tells it from the outputs, raw takes any")
      ->capture_default_str();
  model.add("--labels", options.labels, "FILE", "Names of the classes, one per line");
  model.add("--shape", options.shape, "N,C,H,W", "Shape of the model's input, for example 1,3,256,256");
  model
      .add("--color", options.color, "rgb|bgr",
           "Channel order that the model wants; else what its family is trained with")
      ->check(CLI::IsMember({"rgb", "bgr"}));
  model.add("--mean", options.mean, "M[,M,M]", "Subtracted from every channel, in the model's channel order");
  model.add("--scale", options.scale, "S[,S,S]", "Divides every channel, after the mean");
  model.add("--threshold", options.threshold, "0..1", "Least score of a detection")
      ->check(numbers_between(0.0, 1.0))
      ->capture_default_str();
  model
      .add("--preprocess", options.preprocess, "fast|exact",
           "fast: scale before converting colour; exact: convert colour at full size first, as OpenCV users do")
      ->check(CLI::IsMember({"fast", "exact"}))
      ->capture_default_str();
  model.add("--resize", options.resize, "stretch|letterbox", "How a frame fills the input")
      ->check(CLI::IsMember({"stretch", "letterbox"}))
      ->capture_default_str();

  device
      .add("-d,--device", options.device, "NAME", "CPU, GPU, NPU, AUTO, or AUTO:, HETERO:, MULTI:, BATCH: with devices")
      ->capture_default_str();
  device.add("--hint", options.hint, "HINT",
             "latency, throughput, cumulative_throughput or none; default: throughput for the queue, else latency");
  device.add("--requests", options.requests, "N",
             "Inference requests of the queue; default: twice what the device calls optimal");
  device.add("--streams", options.streams, "N", "Streams of the device");
  device.add("--threads", options.threads, "N", "Threads of the device");
  device.add("--precision", options.precision, "f32|bf16|f16", "Precision of inference");
  device.add("--cache-dir", options.cache_dir, "DIR", "Keeps compiled models for the next start");
  device.add("--property", options.properties, "KEY=VALUE", "Any further OpenVINO property; may be repeated")
      ->expected(1)
      ->take_all();
}

void add_input_options(CLI::App& command, CommonOptions& options, const InputWords& words) {
  OptionGroup input(command, "Input");
  input.add("-i,--input", options.input, words.type, words.input)->required();
  input.add("--frames", options.frames, "N", words.frames)
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  input.add("--start", options.start, "SECONDS", words.start)->check(numbers_between(0.0, 1e9));
  input.add_flag("--loop", options.loop, words.loop);
}

ImageModelOptions image_model_options(const CommonOptions& options) {
  ImageModelOptions model;
  model.path = options.model;
  model.model_type = options.model_type;
  model.shape = options.shape;
  if (!options.color.empty()) model.color = options.color == "rgb" ? ColorOrder::rgb : ColorOrder::bgr;
  model.normalization.mean = three_numbers("--mean", options.mean, 0, true);
  model.normalization.scale = three_numbers("--scale", options.scale, 1, false);
  model.resize = options.resize == "stretch" ? ResizeMode::stretch : ResizeMode::letterbox;
  model.simulated = simulated_time(options);
  model.preprocess = options.preprocess == "fast" ? PreprocessPath::fast : PreprocessPath::exact;
  return model;
}

WayOptions way_options(const CommonOptions& options, const std::string& way) {
  WayOptions result;
  result.name = way;
  result.compile.device = options.device;
  // Each way at its best: one inference at a time wants all cores for it, many at once want streams.
  result.compile.hint = way == "queue" ? Hint::throughput : Hint::latency;
  if (const std::string hint = value_for("--hint", options.hint, way); !hint.empty())
    result.compile.hint = parse_hint(hint);
  result.compile.streams = count_for("--streams", options.streams, way);
  result.compile.threads = count_for("--threads", options.threads, way);
  result.compile.cache_dir = options.cache_dir;
  result.compile.precision = options.precision;
  result.compile.properties = options.properties;
  for (const char* other : {"sync", "two-requests"}) {  // which must not be named here
    if (value_for("--requests", options.requests, other) == value_for("--requests", options.requests, "")) continue;
    throw UsageError(fmt::format("--requests {}: sync has one and two-requests has two; only the queue's can be chosen",
                                 options.requests));
  }
  result.requests = static_cast<std::size_t>(count_for("--requests", options.requests, way));
  return result;
}

std::vector<NamedFile> files_read(const CommonOptions& options) {
  std::vector<NamedFile> files{{"--input", options.input}, {"--model", options.model}, {"--labels", options.labels}};
  for (const auto& [structure, weights] : {std::pair(".xml", ".bin"), std::pair(".pdmodel", ".pdiparams")}) {
    std::filesystem::path model(options.model);
    if (model.extension() == structure) files.push_back({"--model", model.replace_extension(weights)});
  }
  return files;
}

Size size_in(const char* flag, const std::string& text) {
  Size size;
  char rest = 0;
  constexpr int least = 16, most = 16384;
  if (std::sscanf(text.c_str(), "%dx%d%c", &size.width, &size.height, &rest) != 2 || size.width < least ||
      size.height < least || size.width > most || size.height > most) {
    throw UsageError(
        fmt::format("{} {}: give width and height from {} to {}, for example 1280x720", flag, text, least, most));
  }
  return size;
}

}  // namespace inflight::cli
