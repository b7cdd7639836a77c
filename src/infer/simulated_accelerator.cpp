#include "inflight/infer/simulated_accelerator.hpp"

#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include <openvino/op/op.hpp>
#include <openvino/op/parameter.hpp>
#include <openvino/op/result.hpp>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

/// What an output looks like.
struct Port {
  ov::element::Type type;
  ov::Shape shape;
};

ov::Shape closed(const ov::PartialShape& shape) {
  ov::Shape result;
  if (shape.rank().is_dynamic()) return {1};
  for (const ov::Dimension& dimension : shape) {
    result.push_back(dimension.is_static() ? static_cast<std::size_t>(dimension.get_length()) : 1);
  }
  return result;
}

/// Sleeps, and gives zeros.
class SimulatedExecution final : public ov::op::Op {
 public:
  OPENVINO_OP("SimulatedExecution", "inflight")

  SimulatedExecution(const ov::OutputVector& inputs, std::vector<Port> ports, Milliseconds execution)
      : Op(inputs), ports_(std::move(ports)), execution_(execution) {
    constructor_validate_and_infer_types();
  }

  void validate_and_infer_types() override {
    set_output_size(ports_.size());
    for (std::size_t i = 0; i < ports_.size(); ++i) set_output_type(i, ports_[i].type, ports_[i].shape);
  }

  std::shared_ptr<ov::Node> clone_with_new_inputs(const ov::OutputVector& inputs) const override {
    return std::make_shared<SimulatedExecution>(inputs, ports_, execution_);
  }

  bool has_evaluate() const override { return true; }

  bool evaluate(ov::TensorVector& outputs, const ov::TensorVector&) const override {
    const auto end = Clock::now() + execution_;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      outputs[i].set_shape(ports_[i].shape);
      std::memset(outputs[i].data(), 0, outputs[i].get_byte_size());
    }
    std::this_thread::sleep_until(end);
    return true;
  }

 private:
  std::vector<Port> ports_;
  Milliseconds execution_;
};

}  // namespace

std::shared_ptr<ov::Model> simulate_accelerator(const ov::Model& model, Milliseconds execution) {
  if (!(execution.count() > 0)) throw UsageError("a simulated accelerator needs a time for each inference");
  // Fed from the inputs: an operation on constants would run once, while the model is compiled.
  ov::ParameterVector parameters;
  ov::OutputVector inputs;
  for (const auto& input : model.inputs()) {
    const auto parameter = std::make_shared<ov::op::v0::Parameter>(input.get_element_type(), input.get_partial_shape());
    parameter->set_friendly_name(input.get_node()->get_friendly_name());
    parameter->output(0).set_names(input.get_names());
    parameters.push_back(parameter);
    inputs.push_back(parameter);
  }
  std::vector<Port> ports;
  for (const auto& output : model.outputs()) {
    ports.push_back({output.get_element_type(), closed(output.get_partial_shape())});
  }
  const auto operation = std::make_shared<SimulatedExecution>(inputs, std::move(ports), execution);
  ov::ResultVector results;
  for (std::size_t i = 0; i < model.outputs().size(); ++i) {
    operation->output(i).set_names(model.output(i).get_names());
    results.push_back(std::make_shared<ov::op::v0::Result>(operation->output(i)));
  }
  return std::make_shared<ov::Model>(results, parameters, simulated_prefix + model.get_friendly_name());
}

}  // namespace inflight
