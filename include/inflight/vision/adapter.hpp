// A model family: what it wants as input, and what its outputs mean.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inflight/base/size.hpp"
#include "inflight/infer/model.hpp"
#include "inflight/infer/tensors.hpp"
#include "inflight/vision/detection.hpp"
#include "inflight/vision/preprocess.hpp"

namespace inflight {

/// Turns the outputs of one model family into detections. Stateless: any thread, many at once.
class ModelAdapter {
 public:
  virtual ~ModelAdapter() = default;

  /// The name of the family as in `--model-type`.
  virtual std::string_view name() const noexcept = 0;

  /// The colour order that models of the family are trained with.
  virtual ColorOrder color() const noexcept = 0;

  /// The names of the classes, where the family always has the same; empty where the model decides.
  virtual std::vector<std::string> labels() const { return {}; }

  /// The input size for frames of `frame` pixels, for a model that leaves its size open or ships with a placeholder;
  /// empty when the model's own size is to be kept.
  virtual Size preferred_input(Size model_input, Size frame) const = 0;

  /// Appends what the outputs say to `found`, boxes in pixels of the upright frame, scores of `threshold` or more.
  /// `input` is the size of the model's input, `frame` that of the upright frame (boxes are cut at its edges).
  /// Blocks: never. Allocates only where `found` has to grow.
  virtual void decode(const Outputs& outputs, Size input, Size frame, const Mapping& mapping, float threshold,
                      Detections& found) const = 0;
};

/// The adapter named `model_type` ("ssd", "centerface", "raw"), or for "auto" the one that knows these outputs.
/// Throws: UsageError for an unknown name, or an adapter that does not fit the outputs; Error when no adapter knows
/// the outputs; both list the adapters and the outputs.
std::unique_ptr<ModelAdapter> make_adapter(std::string_view model_type, std::span<const TensorInfo> outputs);

/// The names that `--model-type` takes, without "auto".
std::vector<std::string> adapter_names();

}  // namespace inflight
