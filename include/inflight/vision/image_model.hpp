// A model file made ready for pictures: family chosen, size settled, conversion built in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/model.hpp"
#include "inflight/vision/adapter.hpp"
#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// Which model, and what pictures are to become for it.
struct ImageModelOptions {
  std::string path;
  std::string model_type = "auto";    ///< or a name of `adapter_names()`
  std::string shape{};                ///< "1,3,256,256"; empty: the model's own, or what its family prefers
  std::optional<ColorOrder> color{};  ///< empty: what the family is trained with
  Normalization normalization{};
  ResizeMode resize = ResizeMode::stretch;
  PreprocessPath preprocess = PreprocessPath::fast;
  Milliseconds simulated{0};  ///< of an accelerator that is simulated, for each inference; 0: the model itself runs
};

/// What a pipeline needs to know of a model besides the compiled form.
struct ImageModel {
  std::shared_ptr<ov::Model> model;  ///< takes u8 NHWC; not compiled yet
  std::shared_ptr<const ModelAdapter> adapter;
  PreprocessOptions preprocess;
  std::string name;           ///< the file's name without its ending; SIMULATED and how, where it does not run itself
  Milliseconds simulated{0};  ///< as in the options
};

/// "SIMULATED accelerator, 6 ms each inference"; empty where the model itself runs.
std::string simulation_text(const ImageModel& model);

/// Reads the model and settles its input for frames of `frame` pixels. Blocks: on the file.
/// Throws: Error and UsageError as `read_model`, `make_adapter`, `image_input_of` and `reshape`.
ImageModel load_image_model(ov::Core& core, const ImageModelOptions& options, Size frame);

}  // namespace inflight
