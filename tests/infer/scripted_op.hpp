// An OpenVINO operation that does what its input says: answers, throws, or waits for the test. It runs inside the real
// plugins, streams and callbacks.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include <openvino/core/model.hpp>
#include <openvino/op/op.hpp>
#include <openvino/op/parameter.hpp>
#include <openvino/op/result.hpp>

namespace inflight {

/// What an operation waits for that was told to wait. It counts what passes, told or not.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    const std::lock_guard lock(mutex_);
    ++passed_;
  }
  void wait() {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  /// Until an operation waits here, or did.
  void wait_until_reached() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return reached_; });
  }
  /// How many rows operations have made.
  int passed() const {
    const std::lock_guard lock(mutex_);
    return passed_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int passed_ = 0;
  bool open_ = false;
  bool reached_ = false;
};

/// f32[N,2] rows of {value, command} -> f32[N,2] rows of {3 * value + 1, 0}.
class ScriptedOp : public ov::op::Op {
 public:
  OPENVINO_OP("ScriptedOp", "inflight_test")

  enum Command { answer, fail, throw_a_number, wait_for_gate };

  ScriptedOp() : gate_(std::make_shared<Gate>()) {}  // as a model that is read makes it
  ScriptedOp(const ov::Output<ov::Node>& input, std::shared_ptr<Gate> gate) : Op({input}), gate_(std::move(gate)) {
    constructor_validate_and_infer_types();
  }

  void validate_and_infer_types() override { set_output_type(0, ov::element::f32, get_input_partial_shape(0)); }
  std::shared_ptr<ov::Node> clone_with_new_inputs(const ov::OutputVector& inputs) const override {
    return std::make_shared<ScriptedOp>(inputs.at(0), gate_);
  }
  bool visit_attributes(ov::AttributeVisitor&) override { return true; }
  bool has_evaluate() const override { return true; }

  bool evaluate(ov::TensorVector& outputs, const ov::TensorVector& inputs) const override {
    outputs[0].set_shape(inputs[0].get_shape());
    const float* in = inputs[0].data<const float>();
    float* out = outputs[0].data<float>();
    for (std::size_t row = 0; row < inputs[0].get_shape()[0]; ++row, in += 2, out += 2) {
      if (in[1] == static_cast<float>(fail)) {
        throw std::runtime_error("scripted failure of item " + std::to_string(static_cast<long>(in[0])));
      }
      if (in[1] == static_cast<float>(throw_a_number)) throw 17;
      if (in[1] == static_cast<float>(wait_for_gate)) gate_->wait();
      gate_->pass();
      out[0] = 3 * in[0] + 1;
      out[1] = 0;
    }
    return true;
  }

 private:
  std::shared_ptr<Gate> gate_;
};

inline std::shared_ptr<ov::Model> scripted_model(std::shared_ptr<Gate> gate = std::make_shared<Gate>(),
                                                 const ov::PartialShape& shape = {1, 2}) {
  // Fed from a Parameter: an operation on constants would run once, while the model is compiled.
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, shape);
  const auto op = std::make_shared<ScriptedOp>(input, std::move(gate));
  return std::make_shared<ov::Model>(ov::ResultVector{std::make_shared<ov::op::v0::Result>(op)},
                                     ov::ParameterVector{input});
}

/// One operation after the other. The second gets what the first has made: told to answer, whatever the first was told.
inline std::shared_ptr<ov::Model> scripted_chain(std::shared_ptr<Gate> first, std::shared_ptr<Gate> second) {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::Shape{1, 2});
  const auto op =
      std::make_shared<ScriptedOp>(std::make_shared<ScriptedOp>(input, std::move(first)), std::move(second));
  return std::make_shared<ov::Model>(ov::ResultVector{std::make_shared<ov::op::v0::Result>(op)},
                                     ov::ParameterVector{input});
}

}  // namespace inflight
