#include <atomic>

#include "frame_steps.hpp"
#include "inflight/base/clock.hpp"
#include "inflight/pipeline/pipeline.hpp"

namespace inflight {
namespace {

class SyncPipeline final : public Pipeline {
 public:
  SyncPipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold)
      : steps_(model, threshold), request_(compiled.create_infer_request()) {}

  std::size_t requests() const noexcept override { return 1; }
  std::size_t in_flight() const override { return inferring_ ? 1 : 0; }

  std::vector<Milliseconds> warm_up() override { return {warm_up_request(request_)}; }

  RunCounts run(FrameSource& source, Sink& sink, std::stop_token stop, RunOptions options) override {
    RunCounts counts;
    steps_.begin_run(std::move(options));
    while (!stop.stop_requested() && steps_.read(source, result_, counts)) {
      try {
        steps_.prepare(result_, request_.get_input_tensor(0));
        inferring_ = true;
        request_.infer();
        result_.stamps.completed = Clock::now();
        steps_.finish(result_, Outputs(request_));
      } catch (...) {
        FrameSteps::fail(result_, std::current_exception());
      }
      inferring_ = false;
      steps_.deliver(result_, sink, counts);
    }
    steps_.end_run();
    return counts;
  }

 private:
  FrameSteps steps_;
  FrameResult result_;
  ov::InferRequest request_;
  std::atomic<bool> inferring_ = false;
};

}  // namespace

std::unique_ptr<Pipeline> make_sync_pipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold) {
  return std::make_unique<SyncPipeline>(std::move(compiled), model, threshold);
}

}  // namespace inflight
