// The pipeline of a way by its name, and the compiled models that ways share.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <openvino/runtime/core.hpp>

#include "inflight/infer/compile.hpp"
#include "inflight/pipeline/pipeline.hpp"

namespace inflight {

/// `requests`: of the queue, 0 for twice the optimal number. Throws: UsageError for a name that is none of
/// `way_names()`.
std::unique_ptr<Pipeline> make_pipeline(const std::string& way, ov::CompiledModel compiled, const ImageModel& model,
                                        float threshold, std::size_t requests);

/// Compiles a model once for each set of options that is asked for.
class CompiledModels {
 public:
  CompiledModels(ov::Core& core, std::shared_ptr<ov::Model> model) : core_(core), model_(std::move(model)) {}

  /// Blocks: while OpenVINO compiles, the first time. Throws: as `compile`.
  ov::CompiledModel operator()(const CompileOptions& wanted);

 private:
  ov::Core& core_;
  std::shared_ptr<ov::Model> model_;
  std::vector<std::pair<CompileOptions, ov::CompiledModel>> compiled_;
};

}  // namespace inflight
