// What a user's function may touch of a request: its tensors, and nothing else.
#pragma once

#include <cstddef>

#include <openvino/runtime/infer_request.hpp>

namespace inflight {

/// The input tensors of one request, to be written in place.
///
/// Valid during the call that it is passed to. It offers tensors only: with the request itself, a `set_callback` would
/// lose the item for ever, and a `set_input_tensor` would leak into the next one.
template <class Request>
class BasicInputs {
 public:
  explicit BasicInputs(Request& request) noexcept : request_(&request) {}

  /// The tensor of input `index`, in the model's order; it shares the request's memory. Allocates nothing.
  /// Throws: ov::Exception for an index that the model does not have.
  auto operator[](std::size_t index) const { return request_->get_input_tensor(index); }

 private:
  Request* request_;
};

/// The output tensors of one finished request, to be read. Valid as long as the lease that gave it.
template <class Request>
class BasicOutputs {
 public:
  explicit BasicOutputs(const Request& request) noexcept : request_(&request) {}

  /// The tensor of output `index`, in the model's order; it shares the request's memory. Allocates nothing.
  /// Throws: ov::Exception for an index that the model does not have.
  auto operator[](std::size_t index) const { return const_cast<Request*>(request_)->get_output_tensor(index); }

 private:
  const Request* request_;
};

using Inputs = BasicInputs<ov::InferRequest>;
using Outputs = BasicOutputs<ov::InferRequest>;

}  // namespace inflight
