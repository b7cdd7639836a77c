#include "inflight/vision/image_model.hpp"

#include <filesystem>
#include <sstream>

#include "inflight/base/error.hpp"
#include "inflight/infer/simulated_accelerator.hpp"

namespace inflight {

namespace {

/// The model's input shape for one picture of `size` pixels.
std::vector<long> shape_of(const ImageInput& input, Size size) {
  const long width = size.width, height = size.height;
  return input.channels_first ? std::vector<long>{1, 3, height, width} : std::vector<long>{1, height, width, 3};
}

/// To a shape that nobody asked for.
void reshape_to(ov::Model& model, const std::vector<long>& shape) {
  try {
    reshape(model, shape);
  } catch (const UsageError& error) {
    throw Error(std::string(error.what()) + "; the model leaves its size open: give one with --shape");
  }
}

}  // namespace

std::string simulation_text(const ImageModel& model) {
  if (model.simulated.count() <= 0) return {};
  std::ostringstream text;
  text << "SIMULATED accelerator, " << model.simulated.count() << " ms each inference";
  return text.str();
}

ImageModel load_image_model(ov::Core& core, const ImageModelOptions& options, Size frame) {
  std::shared_ptr<ov::Model> model = read_model(core, options.path);
  std::shared_ptr<const ModelAdapter> adapter = make_adapter(options.model_type, outputs_of(*model));

  if (!options.shape.empty()) reshape(*model, parse_shape(options.shape));
  ImageInput input = image_input_of(*model);
  if (options.shape.empty()) {
    const Size own{static_cast<int>(input.width), static_cast<int>(input.height)};
    const Size preferred = adapter->preferred_input(own, frame);
    const Size size = preferred == Size{} ? own : preferred;
    if (size != own || input.batch != 1) reshape_to(*model, shape_of(input, size));
    input = image_input_of(*model);
  }
  if (input.batch != 1) {
    throw UsageError("--shape " + options.shape + ": a request takes one picture; begin it with 1");
  }
  accept_u8_image(model, input, options.normalization);
  const bool simulated = options.simulated.count() > 0;
  if (simulated) model = simulate_accelerator(*model, options.simulated);

  ImageModel result{.model = model,
                    .adapter = adapter,
                    .preprocess = {.width = static_cast<int>(input.width),
                                   .height = static_cast<int>(input.height),
                                   .color = options.color.value_or(adapter->color()),
                                   .resize = options.resize,
                                   .path = options.preprocess},
                    .name = std::filesystem::path(options.path).stem().string(),
                    .simulated = options.simulated};
  if (simulated) result.name += " (" + simulation_text(result) + ")";
  return result;
}

}  // namespace inflight
