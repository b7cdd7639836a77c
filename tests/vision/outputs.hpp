// Output tensors with given contents, on a real inference request.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include <openvino/op/abs.hpp>
#include <openvino/openvino.hpp>

#include "inflight/infer/tensors.hpp"

namespace inflight::test {

class GivenOutputs {
 public:
  GivenOutputs(const std::vector<ov::Shape>& shapes, const std::vector<std::vector<float>>& values) {
    ov::ParameterVector inputs;
    ov::OutputVector results;
    for (const ov::Shape& shape : shapes) {
      inputs.push_back(std::make_shared<ov::op::v0::Parameter>(ov::element::f32, shape));
      results.push_back(std::make_shared<ov::op::v0::Abs>(inputs.back()));
    }
    request_ = ov::Core().compile_model(std::make_shared<ov::Model>(results, inputs), "CPU").create_infer_request();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      ov::Tensor tensor(ov::element::f32, shapes[i]);
      std::copy_n(values[i].begin(), tensor.get_size(), tensor.data<float>());
      request_.set_output_tensor(i, tensor);
    }
  }

  Outputs outputs() const { return Outputs(request_); }

 private:
  mutable ov::InferRequest request_;  // reading a tensor of it changes nothing
};

}  // namespace inflight::test
