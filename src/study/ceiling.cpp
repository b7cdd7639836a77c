#include "ceiling.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "inflight/base/clock.hpp"

namespace inflight {

Ceiling::Ceiling(ov::CompiledModel compiled, std::size_t requests, const ImageModel& model)
    : preprocess_(model.preprocess), queue_(std::move(compiled), {.requests = requests}) {}

void Ceiling::prepare(FrameSource& source) {
  // Leases are held until every request has had its turn: else the first to be idle again would take them all.
  std::mutex mutex;
  std::vector<Result<>> held;
  held.reserve(queue_.capacity());
  queue_.set_callback([&](Result<> result) {
    const std::lock_guard lock(mutex);
    held.push_back(std::move(result));
  });
  Frame frame;
  for (std::size_t i = 0; i < queue_.capacity(); ++i) {
    const bool has_frame = source.read(frame) == ReadOutcome::frame;
    queue_.start_async([&](Inputs inputs) {
      ov::Tensor input = inputs[0];
      const std::span bytes(input.data<std::uint8_t>(), input.get_byte_size());
      if (has_frame) {
        preprocess_(frame, bytes);
      } else {
        std::ranges::fill(bytes, std::uint8_t{0});
      }
    });
  }
  queue_.wait_all();
  queue_.set_callback(nullptr);
  for (const Result<>& result : held) result.outputs();
}

bool Ceiling::measure(std::int64_t inferences, Progress& progress, const std::stop_token& stop) {
  const auto nothing = [](Inputs) {};  // the input is there
  std::atomic<std::int64_t> to_start = inferences;
  std::mutex mutex;
  std::exception_ptr error;
  queue_.set_callback([&](Result<> result) {
    progress.add();
    if (!result.ok()) {
      const std::lock_guard lock(mutex);
      error = result.error();
      to_start = 0;
    }
    if (!stop.stop_requested() && to_start.fetch_sub(1) > 0) queue_.restart(std::move(result), nothing);
  });
  const TimePoint began = Clock::now();
  for (std::size_t i = 0; i < queue_.capacity() && to_start.fetch_sub(1) > 0; ++i) queue_.start_async(nothing);
  queue_.wait_all();
  const Seconds took = Clock::now() - began;
  queue_.set_callback(nullptr);
  if (error) std::rethrow_exception(error);
  if (stop.stop_requested()) return false;
  round_fps_.push_back(static_cast<double>(inferences) / std::max(took, Seconds(1e-9)).count());
  return true;
}

}  // namespace inflight
