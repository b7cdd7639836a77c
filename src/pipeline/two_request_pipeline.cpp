#include <atomic>
#include <utility>

#include "frame_steps.hpp"
#include "inflight/base/clock.hpp"
#include "inflight/pipeline/pipeline.hpp"

namespace inflight {
namespace {

class TwoRequestPipeline final : public Pipeline {
 public:
  TwoRequestPipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold)
      : steps_(model, threshold), current_(compiled), next_(compiled) {}

  std::size_t requests() const noexcept override { return 2; }
  std::size_t in_flight() const override { return in_flight_; }

  std::vector<Milliseconds> warm_up() override {
    const auto first = warm_up_request(current_.request);
    return {first, warm_up_request(next_.request)};
  }

  RunCounts run(FrameSource& source, Sink& sink, std::stop_token stop, RunOptions options) override {
    RunCounts counts;
    steps_.begin_run(std::move(options));
    try {
      while (!stop.stop_requested() && steps_.read(source, next_.result, counts)) {
        start(next_);
        deliver(current_, sink, counts);
        std::swap(current_, next_);
      }
      deliver(current_, sink, counts);
    } catch (...) {  // of the sink: what is in flight has nowhere to go
      current_.abandon();
      next_.abandon();
      in_flight_ = 0;
      throw;
    }
    steps_.end_run();
    return counts;
  }

 private:
  /// A request and the frame that is in it.
  struct Turn {
    explicit Turn(ov::CompiledModel& compiled) : request(compiled.create_infer_request()) {}

    void abandon() noexcept {
      if (!std::exchange(pending, false) || result.error) return;
      try {
        request.wait();
      } catch (...) {  // its error is abandoned with it
      }
    }

    ov::InferRequest request;
    FrameResult result;
    bool pending = false;
  };

  void start(Turn& turn) {
    turn.pending = true;
    ++in_flight_;
    try {
      steps_.prepare(turn.result, turn.request.get_input_tensor(0));
      turn.request.start_async();
    } catch (...) {
      FrameSteps::fail(turn.result, std::current_exception());
    }
  }

  void deliver(Turn& turn, Sink& sink, RunCounts& counts) {
    if (!std::exchange(turn.pending, false)) return;
    if (!turn.result.error) {
      try {
        turn.request.wait();
        turn.result.stamps.completed = Clock::now();
        steps_.finish(turn.result, Outputs(turn.request));
      } catch (...) {
        FrameSteps::fail(turn.result, std::current_exception());
      }
    }
    --in_flight_;
    steps_.deliver(turn.result, sink, counts);
  }

  FrameSteps steps_;
  Turn current_;
  Turn next_;
  std::atomic<std::size_t> in_flight_ = 0;
};

}  // namespace

std::unique_ptr<Pipeline> make_two_request_pipeline(ov::CompiledModel compiled, const ImageModel& model,
                                                    float threshold) {
  return std::make_unique<TwoRequestPipeline>(std::move(compiled), model, threshold);
}

}  // namespace inflight
