// A std::future for each item. It holds a copy of the outputs, so that any number may be kept.
//   example_future MODEL
#include <cstring>
#include <future>
#include <iostream>
#include <vector>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_future MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled);
  const auto fill = [](inflight::Inputs inputs, int frame) {
    ov::Tensor input = inputs[0];
    std::memset(input.data(), frame, input.get_byte_size());
  };
  std::vector<std::future<inflight::DetachedResult<int>>> futures;
  for (int frame = 0; frame < 20; ++frame) futures.push_back(queue.infer_future(fill, frame));

  std::size_t bytes = 0;
  int next = 0;
  bool right = true;
  for (auto& future : futures) {
    auto result = future.get();  // waits; throws only when the item was not accepted
    right = right && result.ok() && result.userdata() == next++;
    bytes += result.output(0).get_byte_size();  // throws the item's own error, if it has one
  }
  std::cout << futures.size() << " results, " << bytes << " bytes of first outputs\n";
  return right && bytes > 0 ? 0 : 1;
}
