// co_await: many streams of work, each written as if it were alone, and no thread for any of them.
//   example_coroutine MODEL
#include <atomic>
#include <coroutine>
#include <cstring>
#include <exception>
#include <iostream>
#include <latch>
#include <string>

#include <openvino/openvino.hpp>

#include <inflight/infer/async_infer_queue.hpp>

struct Task {  // the simplest coroutine: it starts at once, and nobody waits for it
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

Task camera(inflight::AsyncInferQueue<int>& queue, int number, std::atomic<int>& all, std::latch& done) {
  int succeeded = 0;
  for (int frame = 0; frame < 25; ++frame) {
    auto fill = [number](inflight::Inputs inputs) {  // it has a name: g++ 12 needs that inside co_await
      ov::Tensor input = inputs[0];
      std::memset(input.data(), number, input.get_byte_size());
    };
    const auto result = co_await queue.infer(fill, frame);  // from here on OpenVINO's callback thread
    succeeded += result.ok();
  }
  std::cout << "camera " + std::to_string(number) + ": " + std::to_string(succeeded) + " of 25\n";
  all += succeeded;
  done.count_down();
}

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: example_coroutine MODEL\n", 2;
  ov::CompiledModel compiled = ov::Core().compile_model(argv[1], "CPU");

  inflight::AsyncInferQueue<int> queue(compiled);
  std::atomic<int> succeeded = 0;
  std::latch done(8);
  for (int number = 0; number < 8; ++number) camera(queue, number, succeeded, done);
  done.wait();
  queue.wait_all();
  return succeeded == 8 * 25 ? 0 : 1;
}
