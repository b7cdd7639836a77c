// A live source must not wait: it drops what finds no request. And an end in the middle: cancel.
//   example_back_pressure MODEL
#include <atomic>
#include <chrono>
#include <cstring>
#include <iostream>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  if (argc != 2) return std::cerr << "usage: example_back_pressure MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled);
  std::atomic<int> succeeded = 0;
  std::atomic<int> cancelled = 0;
  queue.set_callback([&](inflight::Result<int> result) {
    if (result.ok()) ++succeeded;
    if (result.outcome() == inflight::Outcome::cancelled) ++cancelled;
  });
  const auto fill = [](inflight::Inputs inputs, int frame) {
    ov::Tensor input = inputs[0];
    std::memset(input.data(), frame, input.get_byte_size());
  };
  int accepted = 0;
  int dropped = 0;
  for (int frame = 0; frame < 1000; ++frame) {
    // Or wait a little: queue.start_async(fill, frame, 5ms) answers timed_out; a stop token ends the wait as well.
    const auto answer = queue.try_start_async(fill, frame);
    ++(answer == inflight::Submit::accepted ? accepted : dropped);
  }
  queue.cancel();  // what is in flight ends as soon as OpenVINO lets it
  queue.wait_all();
  std::cout << accepted << " accepted, " << dropped << " dropped; " << succeeded << " succeeded, " << cancelled
            << " cancelled\n";
  return succeeded + cancelled == accepted && accepted + dropped == 1000 ? 0 : 1;
}
