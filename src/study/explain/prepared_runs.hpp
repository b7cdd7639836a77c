// Inference alone: what the device does when nothing else is to be done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/base/clock.hpp"

namespace inflight {

/// Whole inputs of a model, as bytes. Real pictures: what inference costs may depend on what it sees.
using PreparedInputs = std::vector<std::vector<std::uint8_t>>;

/// Runs the requests of a way for so long, on inputs that were written before, or (`fresh`) are copied in for each
/// inference. `requests`: of the queue. Returns: inferences. Blocks: a little longer. Throws: what inference throws.
std::int64_t infer_prepared(const std::string& way, ov::CompiledModel& compiled, std::size_t requests,
                            const PreparedInputs& inputs, bool fresh, Seconds length, const std::stop_token& stop,
                            Seconds& wall, Seconds& cpu);

}  // namespace inflight
