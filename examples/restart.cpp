// Going on from inside the callback with the request in hand: no hand-over to a submitting thread, and never full.
//   example_restart MODEL
#include <atomic>
#include <cstring>
#include <iostream>
#include <utility>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_restart MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled);
  std::atomic<int> next = 0;
  std::atomic<int> succeeded = 0;
  const auto fill = [](inflight::Inputs inputs, int frame) {
    ov::Tensor input = inputs[0];
    std::memset(input.data(), frame, input.get_byte_size());
  };
  queue.set_callback([&](inflight::Result<int> result) {
    if (result.ok()) ++succeeded;
    // Refused only when the queue is being destroyed, or the watchdog gave the item up. Then wait_all throws it.
    if (const int frame = next++; frame < 100) inflight::ensure_accepted(queue.restart(std::move(result), fill, frame));
  });
  for (std::size_t i = 0; i < queue.capacity(); ++i) inflight::ensure_accepted(queue.start_async(fill, next++));
  queue.wait_all();
  std::cout << succeeded << " succeeded\n";
  return succeeded >= 100 ? 0 : 1;
}
