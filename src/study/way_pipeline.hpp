// The pipeline of a way by its name, and the compiled models that ways share.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <openvino/runtime/core.hpp>

#include "inflight/base/clock.hpp"
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

  /// One that was compiled, and how long that took.
  struct Compiled {
    CompileOptions options;
    ov::CompiledModel model;
    Milliseconds took{0};
  };
  const std::vector<Compiled>& all() const noexcept { return compiled_; }

 private:
  ov::Core& core_;
  std::shared_ptr<ov::Model> model_;
  std::vector<Compiled> compiled_;
};

}  // namespace inflight
