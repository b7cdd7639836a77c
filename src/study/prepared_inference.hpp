// A way's inferences and nothing around them: what its requests do on the device when nothing else is to be done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/media/frame_source.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// Whole inputs of a model, as bytes. Real pictures: what inference costs may depend on what it sees.
using PreparedInputs = std::vector<std::vector<std::uint8_t>>;

/// Of the next frames of `source`, at most `most`; an empty picture where there is none. Throws: what `source` and
/// preprocessing throw.
PreparedInputs prepare_inputs(FrameSource& source, const ImageModel& model, std::size_t most);

/// The requests of a way, each with its input written. Thread: one at a time.
class PreparedInference {
 public:
  /// Whether to start one more inference. Thread: any, and several at once.
  using Another = std::function<bool()>;

  /// Writes an input into every request and runs each once. `requests`: of the queue, 0 for twice the optimal number.
  /// Blocks: for these inferences. Throws: what inference throws.
  PreparedInference(const std::string& way, ov::CompiledModel compiled, std::size_t requests,
                    const PreparedInputs& inputs);
  ~PreparedInference();

  /// Infers as long as `another` says so; the queue starts each request again in its own callback. With `fresh`, one of
  /// these is copied in for each inference. Returns: inferences. Blocks: till the last has ended. Throws: what
  /// inference throws.
  std::int64_t run(const Another& another, const PreparedInputs* fresh = nullptr);

  std::size_t requests() const noexcept;

  class Loop;

 private:
  std::unique_ptr<Loop> loop_;
};

}  // namespace inflight
