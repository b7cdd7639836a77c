#include "frame_steps.hpp"

#include <cstdint>
#include <cstring>
#include <thread>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/measure/core_timer.hpp"
#include "inflight/measure/process_meter.hpp"
#include "output_digest.hpp"

namespace inflight {
namespace {

/// Of some, not of the first, which is unlike the others.
bool wants_cores(std::int64_t index, std::int64_t of_every) {
  return of_every > 1 ? index % of_every == 1 : of_every == 1;
}

}  // namespace

bool FrameSteps::read(FrameSource& source, FrameResult& result, RunCounts& counts) {
  result.detections.clear();
  result.error = nullptr;
  result.output_digest = 0;
  result.nan_outputs = false;
  result.stamps = {};
  FrameStamps& stamps = result.stamps;
  stamps.index = result.index = counts.read;
  stamps.cores.known = wants_cores(counts.read, options_.cores_of_every);
  stamps.asked = Clock::now();
  try {
    const CoreTimer timer(stamps.cores.known, stamps.cores.decode);
    if (source.read(result.frame) != ReadOutcome::frame) return false;
    add_work(options_.added, Stage::decode);
  } catch (...) {
    source_error_ = std::current_exception();
    return false;
  }
  stamps.demuxing = result.frame.demuxing();
  stamps.decoded = Clock::now();
  ++counts.read;
  return true;
}

void FrameSteps::end_run() {
  if (source_error_) std::rethrow_exception(std::exchange(source_error_, nullptr));
}

void FrameSteps::prepare(FrameResult& result, ov::Tensor input) {
  FrameStamps& stamps = result.stamps;
  stamps.acquired = Clock::now();
  stamps.request = input.data();
  {
    const CoreTimer timer(stamps.cores.known, stamps.cores.fill);
    convert(result, input);
    add_work(options_.added, Stage::fill);
  }
  stamps.submitted = Clock::now();
}

void FrameSteps::convert(FrameResult& result, ov::Tensor& input) {
  result.width = result.frame.display_width();
  result.height = result.frame.display_height();
  result.mapping = preprocess_(result.frame, std::span(input.data<std::uint8_t>(), input.get_byte_size()));
  if (!options_.keep_frames) result.frame.release();
}

void FrameSteps::finish(FrameResult& result, Outputs outputs) const {
  FrameStamps& stamps = result.stamps;
  stamps.taken = Clock::now();
  const Size input{preprocess_.options().width, preprocess_.options().height};
  const Size frame{result.width, result.height};
  {
    const CoreTimer timer(stamps.cores.known, stamps.cores.callback);
    adapter_->decode(outputs, input, frame, result.mapping, threshold_, result.detections);
    if (options_.digest_outputs) {
      result.output_digest = digest_of(outputs, output_count_);
      result.nan_outputs = holds_nan(outputs, output_count_);
    }
    add_work(options_.added, Stage::callback);
  }
  stamps.delivered = Clock::now();
}

void FrameSteps::fail(FrameResult& result, std::exception_ptr error) {
  result.detections.clear();
  result.error = std::move(error);
  result.stamps.delivered = Clock::now();
}

void FrameSteps::deliver(FrameResult& result, Sink& sink, RunCounts& counts) const {
  FrameStamps& stamps = result.stamps;
  stamps.failed = result.error != nullptr;
  stamps.deliverer = std::this_thread::get_id();
  ++counts.delivered;
  if (stamps.failed) ++counts.failed;
  const auto account = [&] {
    stamps.finished = Clock::now();
    if (!stamps.failed) counts.stages.add(stamps);
    if (options_.times != nullptr) options_.times->push_back(stamps);
  };
  try {
    const CoreTimer timer(stamps.cores.known, stamps.cores.sink);
    sink.deliver(result);
    add_work(options_.added, Stage::sink);
    const CoreTimer drawing(stamps.cores.known && !options_.added.empty(), stamps.cores.draw);
    stamps.drawing += add_work(options_.added, Stage::draw);
  } catch (...) {
    account();
    throw;
  }
  account();
}

Clock::duration add_work(const std::vector<AddedWork>& added, Stage stage) {
  if (added.empty()) return {};
  const TimePoint began = Clock::now();
  for (const AddedWork& work : added) {
    if (work.stage != stage) continue;
    if (!work.busy) {
      std::this_thread::sleep_for(work.time);
      continue;
    }
    for (const Seconds end = thread_cpu_time() + work.time; thread_cpu_time() < end;) {
    }
  }
  return Clock::now() - began;
}

Milliseconds warm_up_request(ov::InferRequest& request) {
  ov::Tensor input = request.get_input_tensor(0);
  std::memset(input.data(), 0, input.get_byte_size());
  const TimePoint began = Clock::now();
  request.infer();
  return Clock::now() - began;
}

}  // namespace inflight
