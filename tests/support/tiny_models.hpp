// Models made in code: as small as can be, and as ill-behaved as a test wants.
#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>

#include <openvino/op/constant.hpp>
#include <openvino/op/op.hpp>
#include <openvino/op/reduce_sum.hpp>
#include <openvino/openvino.hpp>

namespace test_support {

/// Copies its input, and throws at every `period`-th evaluation; never when that is 0.
class FailingOp : public ov::op::Op {
 public:
  OPENVINO_OP("FailingOp", "inflight_tests");

  FailingOp() = default;
  FailingOp(const ov::Output<ov::Node>& input, std::shared_ptr<std::atomic<int>> evaluations, int period)
      : Op({input}), evaluations_(std::move(evaluations)), period_(period) {
    constructor_validate_and_infer_types();
  }

  void validate_and_infer_types() override {
    set_output_type(0, get_input_element_type(0), get_input_partial_shape(0));
  }
  std::shared_ptr<ov::Node> clone_with_new_inputs(const ov::OutputVector& inputs) const override {
    return std::make_shared<FailingOp>(inputs.at(0), evaluations_, period_);
  }
  bool has_evaluate() const override { return true; }
  bool evaluate(ov::TensorVector& outputs, const ov::TensorVector& inputs) const override {
    if (period_ > 0 && ++*evaluations_ % period_ == 0) throw std::runtime_error("failed on command");
    inputs[0].copy_to(outputs[0]);
    return true;
  }

 private:
  std::shared_ptr<std::atomic<int>> evaluations_;
  int period_ = 0;
};

/// f32 [1,3,size,size] -> the sum of each channel, f32 [1,3]: next to no work.
inline std::shared_ptr<ov::Model> sum_model(long size) {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::PartialShape{1, 3, size, size});
  const auto axes = ov::op::v0::Constant::create(ov::element::i64, {2}, {2, 3});
  const auto sum = std::make_shared<ov::op::v1::ReduceSum>(input, axes);
  return std::make_shared<ov::Model>(ov::OutputVector{sum}, ov::ParameterVector{input});
}

/// As `sum_model`, but every `period`-th inference throws.
inline std::shared_ptr<ov::Model> failing_model(long size, int period) {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::PartialShape{1, 3, size, size});
  const auto axes = ov::op::v0::Constant::create(ov::element::i64, {2}, {2, 3});
  const auto sum = std::make_shared<ov::op::v1::ReduceSum>(input, axes);
  const auto failing = std::make_shared<FailingOp>(sum, std::make_shared<std::atomic<int>>(0), period);
  return std::make_shared<ov::Model>(ov::OutputVector{failing}, ov::ParameterVector{input});
}

}  // namespace test_support
