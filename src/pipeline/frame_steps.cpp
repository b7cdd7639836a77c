#include "frame_steps.hpp"

#include <cstring>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/base/digest.hpp"

namespace inflight {
namespace {

std::uint64_t digest_of(const Outputs& outputs, std::size_t count) {
  std::uint64_t state = count;
  for (std::size_t i = 0; i < count; ++i) {
    const ov::Tensor tensor = outputs[i];
    state = digest({static_cast<const std::byte*>(tensor.data()), tensor.get_byte_size()}, state);
  }
  return state;
}

}  // namespace

bool FrameSteps::read(FrameSource& source, FrameResult& result, RunCounts& counts) {
  result.detections.clear();
  result.error = nullptr;
  result.output_digest = 0;
  try {
    if (source.read(result.frame) != ReadOutcome::frame) return false;
  } catch (...) {
    source_error_ = std::current_exception();
    return false;
  }
  result.stamps = {Clock::now(), {}, {}, {}};
  result.index = counts.read++;
  return true;
}

void FrameSteps::end_run() {
  if (source_error_) std::rethrow_exception(std::exchange(source_error_, nullptr));
}

void FrameSteps::prepare(FrameResult& result, ov::Tensor input) {
  result.width = result.frame.display_width();
  result.height = result.frame.display_height();
  result.mapping = preprocess_(result.frame, std::span(input.data<std::uint8_t>(), input.get_byte_size()));
  if (!options_.keep_frames) result.frame.release();
}

void FrameSteps::finish(FrameResult& result, Outputs outputs) const {
  const Size input{preprocess_.options().width, preprocess_.options().height};
  const Size frame{result.width, result.height};
  adapter_->decode(outputs, input, frame, result.mapping, threshold_, result.detections);
  if (options_.digest_outputs) result.output_digest = digest_of(outputs, output_count_);
  result.stamps.delivered = Clock::now();
}

void FrameSteps::fail(FrameResult& result, std::exception_ptr error) {
  result.detections.clear();
  result.error = std::move(error);
  result.stamps.delivered = Clock::now();
}

void warm_up_request(ov::InferRequest& request) {
  ov::Tensor input = request.get_input_tensor(0);
  std::memset(input.data(), 0, input.get_byte_size());
  request.infer();
}

}  // namespace inflight
