// What the queue allocates per item on OpenVINO itself, whose own allocations are not counted.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <openvino/runtime/core.hpp>
#include <openvino/runtime/properties.hpp>

#include "awaiting.hpp"
#include "counting_new.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "scripted_op.hpp"

namespace inflight {
namespace {

/// A request of OpenVINO's that says where its own code begins and ends.
class CountedRequest {
 public:
  explicit CountedRequest(ov::InferRequest request) : request_(std::move(request)) {}

  void set_callback(std::function<void(std::exception_ptr)> callback) {
    request_.set_callback([own = std::move(callback)](std::exception_ptr error) {
      const CodeOf code(CodeOf::ours);
      own(std::move(error));
    });
  }
  void start_async() {
    const CodeOf code(CodeOf::others);
    request_.start_async();
  }
  void cancel() { request_.cancel(); }
  ov::Tensor get_input_tensor(std::size_t index) { return request_.get_input_tensor(index); }
  void set_input_tensor(std::size_t index, const ov::Tensor& tensor) { request_.set_input_tensor(index, tensor); }
  ov::Tensor get_output_tensor(std::size_t index) { return request_.get_output_tensor(index); }

 private:
  ov::InferRequest request_;
};

using CountedQueue = AsyncInferQueue<long, CountedRequest>;

std::vector<CountedRequest> counted_requests(std::size_t count) {
  auto compiled = ov::Core().compile_model(scripted_model(), "CPU", ov::num_streams(2));
  std::vector<CountedRequest> requests;
  for (std::size_t i = 0; i < count; ++i) requests.emplace_back(compiled.create_infer_request());
  return requests;
}

struct FillItem {
  void operator()(const BasicInputs<CountedRequest>& inputs, long item) const {
    inputs[0].data<float>()[0] = static_cast<float>(item);
    inputs[0].data<float>()[1] = ScriptedOp::answer;
  }
};

/// What `work` allocates in code of ours, when it was done before.
template <class Work>
long allocations_of(const Work& work) {
  const CodeOf code(CodeOf::ours);
  work();
  const long before = allocations_of_ours();
  work();
  return allocations_of_ours() - before;
}

class Allocations : public testing::TestWithParam<Order> {
 protected:
  static constexpr long items = 500;

  QueueOptions options_{.order = GetParam(), .watchdog = {.limit = std::chrono::hours(1), .spares = 1}};
  CountedQueue queue_{counted_requests(5), options_};
  std::atomic<long> sum_ = 0;
};

TEST_P(Allocations, OfItemsWithACallbackAreNone) {
  queue_.set_callback([&](const CountedQueue::Result& result) { sum_ += result.output(0).data<const float>()[0] > 0; });
  std::stop_source stop;
  const auto infer = [&] {
    for (long item = 0; item < items; ++item) ensure_accepted(queue_.start_async(FillItem(), item, stop.get_token()));
    queue_.wait_all();
  };
  EXPECT_EQ(allocations_of(infer), 0);
  queue_.deliver_on([](const std::function<void()>& task) { task(); });
  EXPECT_EQ(allocations_of(infer), 0);
  EXPECT_EQ(sum_, 4 * items);
}

TEST_P(Allocations, OfRestartsAreNone) {
  queue_.set_callback([&](CountedQueue::Result result) {
    if (const long left = result.userdata(); left > 0) {
      ensure_accepted(queue_.restart(std::move(result), FillItem(), left - 1));
    }
    ++sum_;
  });
  const auto infer = [&] {
    ensure_accepted(queue_.start_async(FillItem(), items));
    queue_.wait_all();
  };
  EXPECT_EQ(allocations_of(infer), 0);
  EXPECT_EQ(sum_, 2 * (items + 1));
}

Coroutine await_each(CountedQueue& queue, long items, std::atomic<bool>& ended) {
  FillItem fill;
  for (long item = 0; item < items; ++item) (void)co_await queue.infer(fill, item);
  ended = true;
}

TEST_P(Allocations, OfACoroutineAreItsFrame) {
  const auto infer = [&] {
    std::atomic<bool> ended = false;
    await_each(queue_, items, ended);
    while (!ended) std::this_thread::yield();
    queue_.wait_all();
  };
  EXPECT_EQ(allocations_of(infer), 1);
}

INSTANTIATE_TEST_SUITE_P(OpenVino, Allocations, testing::Values(Order::as_completed, Order::as_submitted),
                         [](const auto& order) {
                           return order.param == Order::as_completed ? "Unordered" : "Ordered";
                         });

}  // namespace
}  // namespace inflight
