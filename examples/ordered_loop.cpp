// A loop over results, in the order of the frames: nothing else to write, and every request is busy. For frames of a
// file; those of a camera come one at a time, and the loop would wait for them with results in hand: back_pressure.cpp.
//   example_ordered_loop MODEL
#include <cstring>
#include <iostream>
#include <ranges>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_ordered_loop MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled, {.order = inflight::Order::as_submitted});
  const auto fill = [](inflight::Inputs inputs, int frame) {
    ov::Tensor input = inputs[0];
    std::memset(input.data(), frame, input.get_byte_size());
  };
  int next = 0;
  for (auto result : queue.run(std::views::iota(0, 100), fill)) {
    if (result.userdata() != next++) return std::cerr << "out of order\n", 1;
    if (!result.ok()) return std::cerr << "frame " << result.userdata() << " failed\n", 1;
  }  // the result goes, and its request is idle again
  std::cout << next << " results in order\n";
}
