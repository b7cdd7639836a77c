#include "prepared_inference.hpp"

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <utility>

#include "inflight/infer/async_infer_queue.hpp"

namespace inflight {
namespace {

using Another = PreparedInference::Another;
using Write = std::function<void(ov::Tensor)>;

/// Copies one input after the other.
class Writer {
 public:
  explicit Writer(const PreparedInputs& inputs) : inputs_(inputs) {}

  void operator()(ov::Tensor tensor) {
    const auto& input = inputs_[next_.fetch_add(1) % inputs_.size()];
    std::memcpy(tensor.data(), input.data(), input.size());
  }

 private:
  const PreparedInputs& inputs_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

class PreparedInference::Loop {
 public:
  virtual ~Loop() = default;
  /// Every request once, from the input that `write` gives it.
  virtual void prepare(const Write& write) = 0;
  /// `write`: for each inference; empty: the input is there.
  virtual std::int64_t run(const Another& another, const Write& write) = 0;
  virtual std::size_t requests() const noexcept = 0;
};

namespace {

class OneRequest final : public PreparedInference::Loop {
 public:
  explicit OneRequest(ov::CompiledModel compiled) : request_(compiled.create_infer_request()) {}

  void prepare(const Write& write) override {
    write(request_.get_input_tensor(0));
    request_.infer();
  }

  std::int64_t run(const Another& another, const Write& write) override {
    std::int64_t inferences = 0;
    for (; another(); ++inferences) {
      if (write) write(request_.get_input_tensor(0));
      request_.infer();
    }
    return inferences;
  }

  std::size_t requests() const noexcept override { return 1; }

 private:
  ov::InferRequest request_;
};

class TwoRequests final : public PreparedInference::Loop {
 public:
  explicit TwoRequests(ov::CompiledModel compiled)
      : pair_{compiled.create_infer_request(), compiled.create_infer_request()} {}

  void prepare(const Write& write) override {
    for (ov::InferRequest& request : pair_) {
      write(request.get_input_tensor(0));
      request.infer();
    }
  }

  std::int64_t run(const Another& another, const Write& write) override {
    std::int64_t inferences = 0;
    for (; another(); ++inferences) {
      finish(next_);
      if (write) write(pair_[next_].get_input_tensor(0));
      pair_[next_].start_async();
      running_[next_] = true;
      next_ = 1 - next_;
    }
    finish(next_);
    finish(1 - next_);
    return inferences;
  }

  std::size_t requests() const noexcept override { return pair_.size(); }

 private:
  void finish(std::size_t i) {
    if (std::exchange(running_[i], false)) pair_[i].wait();
  }

  std::array<ov::InferRequest, 2> pair_;
  std::array<bool, 2> running_{};
  std::size_t next_ = 0;
};

class AllRequests final : public PreparedInference::Loop {
 public:
  AllRequests(ov::CompiledModel compiled, std::size_t requests) : queue_(std::move(compiled), {.requests = requests}) {}

  void prepare(const Write& write) override {
    // Leases are held until every request has had its turn: else the first to be idle again would take them all.
    std::mutex mutex;
    std::vector<Result<>> held;
    held.reserve(queue_.capacity());
    queue_.set_callback([&](Result<> result) {
      const std::lock_guard lock(mutex);
      held.push_back(std::move(result));
    });
    const auto fill = [&](Inputs inputs) { write(inputs[0]); };
    for (std::size_t i = 0; i < queue_.capacity(); ++i) ensure_accepted(queue_.start_async(fill));
    queue_.wait_all();
    queue_.set_callback(nullptr);
    for (const Result<>& result : held) result.outputs();
  }

  std::int64_t run(const Another& another, const Write& write) override {
    const auto fill = [&](Inputs inputs) {
      if (write) write(inputs[0]);
    };
    std::atomic<std::int64_t> inferences = 0;
    std::atomic<bool> failed = false;
    std::mutex mutex;
    std::exception_ptr error;
    queue_.set_callback([&](Result<> result) {
      if (!result.ok()) {
        const std::lock_guard lock(mutex);
        error = result.error();
        failed = true;
        return;
      }
      inferences.fetch_add(1);
      if (!failed && another()) ensure_accepted(queue_.restart(std::move(result), fill));
    });
    for (std::size_t i = 0; i < queue_.capacity() && !failed && another(); ++i)
      ensure_accepted(queue_.start_async(fill));
    queue_.wait_all();
    queue_.set_callback(nullptr);
    if (error) std::rethrow_exception(error);
    return inferences;
  }

  std::size_t requests() const noexcept override { return queue_.capacity(); }

 private:
  AsyncInferQueue<> queue_;
};

std::unique_ptr<PreparedInference::Loop> make_loop(const std::string& way, ov::CompiledModel compiled,
                                                   std::size_t requests) {
  if (way == "sync") return std::make_unique<OneRequest>(std::move(compiled));
  if (way == "two-requests") return std::make_unique<TwoRequests>(std::move(compiled));
  return std::make_unique<AllRequests>(std::move(compiled), requests);
}

}  // namespace

PreparedInputs prepare_inputs(FrameSource& source, const ImageModel& model, std::size_t most) {
  const auto size =
      static_cast<std::size_t>(model.preprocess.width) * static_cast<std::size_t>(model.preprocess.height) * 3;
  PreparedInputs inputs;
  Preprocessor preprocess(model.preprocess);
  for (Frame frame; inputs.size() < most && source.read(frame) == ReadOutcome::frame;)
    preprocess(frame, inputs.emplace_back(size));
  if (inputs.empty()) inputs.emplace_back(size);
  return inputs;
}

PreparedInference::PreparedInference(const std::string& way, ov::CompiledModel compiled, std::size_t requests,
                                     const PreparedInputs& inputs)
    : loop_(make_loop(way, std::move(compiled), requests)) {
  Writer writer(inputs);
  loop_->prepare(std::ref(writer));
}

PreparedInference::~PreparedInference() = default;

std::int64_t PreparedInference::run(const Another& another, const PreparedInputs* fresh) {
  if (fresh == nullptr) return loop_->run(another, nullptr);
  Writer writer(*fresh);
  return loop_->run(another, std::ref(writer));
}

std::size_t PreparedInference::requests() const noexcept { return loop_->requests(); }

}  // namespace inflight
