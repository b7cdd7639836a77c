#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "delivery_threads.hpp"
#include "frame_steps.hpp"
#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/pipeline/pipeline.hpp"

namespace inflight {
namespace {

/// Results to fill, used again and again. Two more than requests: one is being read into, and a request is idle again
/// before its result is through the sink. Made at the start with room for detections, since the last of them may be
/// needed late; grows all the same should a device deliver on several threads.
class ResultPool {
 public:
  explicit ResultPool(std::size_t requests) : results_(requests + 2) {
    constexpr std::size_t usual_detections = 64;
    free_.reserve(2 * results_.size());
    for (FrameResult& result : results_) {
      result.detections.reserve(usual_detections);
      free_.push_back(&result);
    }
  }

  FrameResult& take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return results_.emplace_back();
    FrameResult& result = *free_.back();
    free_.pop_back();
    return result;
  }

  void give_back(FrameResult& result) {
    const std::lock_guard lock(mutex_);
    free_.push_back(&result);
  }

 private:
  std::mutex mutex_;
  std::deque<FrameResult> results_;
  std::vector<FrameResult*> free_;
};

class QueuePipeline final : public Pipeline {
 public:
  QueuePipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold, const QueueWayOptions& options)
      : steps_(model, threshold),
        queue_(std::move(compiled), {.requests = options.requests, .order = options.order}),
        pool_(queue_.capacity()) {
    if (options.callback_threads == 0) return;
    threads_.emplace(options.callback_threads);
    queue_.deliver_on([this](std::function<void()> task) { (*threads_)(std::move(task)); });
  }

  std::size_t requests() const noexcept override { return queue_.capacity(); }
  std::size_t in_flight() const override { return queue_.capacity() - queue_.counts().idle; }

  std::vector<Milliseconds> warm_up() override {
    // Leases are held until every request has had its turn: else the first to be idle again would take them all.
    std::mutex mutex;
    std::vector<Queue::Result> held;
    held.reserve(queue_.capacity());
    queue_.set_callback([&](Queue::Result result) {
      const std::lock_guard lock(mutex);
      held.push_back(std::move(result));
    });
    const auto empty_picture = [](Inputs inputs) {
      ov::Tensor input = inputs[0];
      std::fill_n(input.data<std::uint8_t>(), input.get_byte_size(), std::uint8_t{0});
    };
    for (std::size_t i = 0; i < queue_.capacity(); ++i) {
      ensure_accepted(queue_.start_async(empty_picture, nullptr));
      queue_.wait_all();  // one at a time: what it takes when it need not share the device
    }
    queue_.set_callback(nullptr);
    std::vector<Milliseconds> times;
    for (const Queue::Result& result : held) {
      result.outputs();  // throws if it failed
      times.emplace_back(result.stamps().completed - result.stamps().started);
    }
    return times;
  }

  RunCounts run(FrameSource& source, Sink& sink, std::stop_token stop, RunOptions options) override {
    RunCounts counts;
    steps_.begin_run(std::move(options));
    std::mutex delivering;  // a frame that failed before it was started is delivered on this thread
    std::exception_ptr sink_error;
    std::atomic<bool> sink_failed = false;
    queue_.set_callback([&](Queue::Result result) {
      FrameResult& frame = finish(std::move(result));
      const std::lock_guard lock(delivering);
      try {
        if (!sink_failed) steps_.deliver(frame, sink, counts);
      } catch (...) {
        sink_error = std::current_exception();
        sink_failed = true;
      }
      pool_.give_back(frame);
    });
    const auto prepare = [this](Inputs inputs, FrameResult*& frame) { steps_.prepare(*frame, inputs[0]); };
    while (!stop.stop_requested() && !sink_failed) {
      FrameResult& next = pool_.take();
      if (!steps_.read(source, next, counts)) {
        pool_.give_back(next);
        break;
      }
      ensure_accepted(queue_.start_async(prepare, &next));
    }
    queue_.wait_all();
    queue_.set_callback(nullptr);
    if (sink_error) std::rethrow_exception(sink_error);
    steps_.end_run();
    return counts;
  }

 private:
  using Queue = AsyncInferQueue<FrameResult*>;

  /// Postprocesses; the request is idle again afterwards.
  FrameResult& finish(Queue::Result result) {
    FrameResult& frame = *result.userdata();
    frame.stamps.completed = result.stamps().completed;
    try {
      steps_.finish(frame, result.outputs());
    } catch (...) {
      FrameSteps::fail(frame, std::current_exception());
    }
    return frame;
  }

  FrameSteps steps_;
  std::optional<DeliveryThreads> threads_;  // the queue ends before them
  Queue queue_;
  ResultPool pool_;
};

}  // namespace

std::unique_ptr<Pipeline> make_queue_pipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold,
                                              QueueWayOptions options) {
  return std::make_unique<QueuePipeline>(std::move(compiled), model, threshold, options);
}

}  // namespace inflight
