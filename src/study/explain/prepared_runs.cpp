#include "prepared_runs.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

/// Copies one input after the other, into each request once or, if fresh, whenever it is filled.
class Writer {
 public:
  Writer(const PreparedInputs& inputs, bool fresh) : inputs_(inputs), fresh_(fresh) {}

  void operator()(ov::Tensor tensor) {
    const void* request = tensor.data();
    if (!fresh_ && std::ranges::find(written_, request) != written_.end()) return;
    const auto& input = inputs_[next_++ % inputs_.size()];
    std::memcpy(tensor.data(), input.data(), input.size());
    if (!fresh_) written_.push_back(request);
  }

 private:
  const PreparedInputs& inputs_;
  bool fresh_;
  std::size_t next_ = 0;
  std::vector<const void*> written_;
};

/// Calls `step` until the time is up, once more than counts, so that what comes first is warm.
template <class Step, class Drain>
std::int64_t repeat(Seconds length, const std::stop_token& stop, Seconds& wall, Seconds& cpu, std::size_t warm_up,
                    const Step& step, const Drain& drain) {
  for (std::size_t i = 0; i < warm_up; ++i) step();
  drain();
  const ProcessMeter meter;
  std::int64_t count = 0;
  for (; meter.wall() < length && !stop.stop_requested(); ++count) step();
  drain();
  wall = meter.wall();
  cpu = meter.cpu();
  return count;
}

}  // namespace

std::int64_t infer_prepared(const std::string& way, ov::CompiledModel& compiled, std::size_t requests,
                            const PreparedInputs& inputs, bool fresh, Seconds length, const std::stop_token& stop,
                            Seconds& wall, Seconds& cpu) {
  Writer write(inputs, fresh);
  if (way == "sync") {
    ov::InferRequest request = compiled.create_infer_request();
    const auto step = [&] {
      write(request.get_input_tensor(0));
      request.infer();
    };
    return repeat(length, stop, wall, cpu, 2, step, [] {});
  }
  if (way == "two-requests") {
    std::array<ov::InferRequest, 2> pair{compiled.create_infer_request(), compiled.create_infer_request()};
    std::array<bool, 2> running{};
    std::size_t next = 0;
    const auto finish = [&](std::size_t i) {
      if (std::exchange(running[i], false)) pair[i].wait();
    };
    const auto step = [&] {
      finish(next);
      write(pair[next].get_input_tensor(0));
      pair[next].start_async();
      running[next] = true;
      next = 1 - next;
    };
    return repeat(length, stop, wall, cpu, 4, step, [&] {
      finish(next);
      finish(1 - next);
    });
  }
  AsyncInferQueue<> queue(compiled, {.requests = requests});
  const auto fill = [&](Inputs tensors) { write(tensors[0]); };
  return repeat(
      length, stop, wall, cpu, 2 * queue.capacity(), [&] { (void)queue.start_async(fill); }, [&] { queue.wait_all(); });
}

}  // namespace inflight
