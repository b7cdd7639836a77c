// Results through a callback: the shortest way to keep every request busy.
//   example_callback MODEL
#include <atomic>
#include <cstring>
#include <iostream>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_callback MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled);  // twice the device's optimal number of requests
  std::atomic<int> succeeded = 0;
  queue.set_callback([&](inflight::Result<int> result) {  // on OpenVINO's thread, once for each item
    if (result.ok()) ++succeeded;
  });
  for (int frame = 0; frame < 100; ++frame) {
    const auto fill = [&](inflight::Inputs inputs) {  // on this thread, into the request's own memory
      ov::Tensor input = inputs[0];
      std::memset(input.data(), frame, input.get_byte_size());
    };
    // Waits while every request is busy. Then it is accepted: outside of callbacks, only a queue that is being
    // destroyed answers otherwise, or one that was given a deadline or a stop token. Throws in that case.
    inflight::ensure_accepted(queue.start_async(fill, frame));
  }
  queue.wait_all();
  std::cout << succeeded << " of 100 succeeded on " << queue.capacity() << " requests\n";
  return succeeded == 100 ? 0 : 1;
}
