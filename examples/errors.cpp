// Every item has its own outcome, whatever fails, and the queue goes on.
//   example_errors MODEL
#include <cstring>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_errors MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<std::string> queue(compiled);
  std::mutex mutex;  // results of failed fills come on the submitting thread, perhaps beside OpenVINO's
  int succeeded = 0;
  int failed = 0;
  queue.set_callback([&](inflight::Result<std::string> result) {
    const std::lock_guard lock(mutex);
    try {
      (void)result.output(0);  // throws the original exception of the item
      ++succeeded;
    } catch (const std::exception& error) {
      ++failed;
      std::cout << result.userdata() << ": " << error.what() << "\n";
    }
    if (result.userdata() == "frame 3") throw std::runtime_error("a callback that throws");
  });
  queue.set_error_handler([](std::exception_ptr) { std::cout << "the callback threw; the queue goes on\n"; });
  for (int frame = 0; frame < 10; ++frame) {
    const auto fill = [&](inflight::Inputs inputs) {
      if (frame == 5) throw std::runtime_error("no picture");
      ov::Tensor input = inputs[0];
      std::memset(input.data(), frame, input.get_byte_size());
    };
    // What the fill function throws is in the item's result: an accepted item.
    inflight::ensure_accepted(queue.start_async(fill, "frame " + std::to_string(frame)));
  }
  queue.wait_all();
  std::cout << succeeded << " succeeded, " << failed << " failed\n";
  return succeeded == 9 && failed == 1 ? 0 : 1;
}
