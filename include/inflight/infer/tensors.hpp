// What a user's function may touch of a request: its tensors, and nothing else.
#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <utility>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>
#include <openvino/runtime/infer_request.hpp>

namespace inflight {

/// What a queue needs of a request: ov::InferRequest, or a test's stand-in for it.
template <class Request>
concept InferRequest = std::move_constructible<Request> && requires(Request& request, std::size_t index) {
  request.set_callback([](std::exception_ptr) {});
  request.start_async();
  request.cancel();
  request.set_input_tensor(index, request.get_input_tensor(index));
  request.get_output_tensor(index);
};

namespace detail {

/// The request's own input tensors in whose place foreign memory was lent, for one item.
template <class Request>
class LentInputs {
 public:
  using Tensor = decltype(std::declval<Request&>().get_input_tensor(std::size_t{}));

  void lend(Request& request, std::size_t index, const Tensor& foreign) {
    own_.reserve(own_.size() + 1);
    Tensor own = request.get_input_tensor(index);
    request.set_input_tensor(index, foreign);
    own_.emplace_back(index, std::move(own));
  }

  void restore(Request& request) noexcept {
    for (; !own_.empty(); own_.pop_back()) {
      try {
        request.set_input_tensor(own_.back().first, own_.back().second);
      } catch (...) {  // a tensor that was the request's own fits it
      }
    }
  }

 private:
  std::vector<std::pair<std::size_t, Tensor>> own_;
};

}  // namespace detail

/// The input tensors of one item's request, to be written in place or lent.
///
/// Valid during the call of the fill function that it is passed to. It offers tensors only: with the request itself, a
/// `set_callback` would lose the item for ever, and a `set_input_tensor` would leak into the next one.
template <class Request>
class BasicInputs {
 public:
  /// ov::Tensor, or a stand-in's.
  using Tensor = typename detail::LentInputs<Request>::Tensor;

  /// Made by the queue.
  BasicInputs(Request& request, detail::LentInputs<Request>& lent) noexcept : request_(&request), lent_(&lent) {}

  /// The tensor of input `index`, in the model's order; it shares the request's memory. Allocates nothing.
  /// Throws: ov::Exception for an index that the model does not have.
  Tensor operator[](std::size_t index) const { return request_->get_input_tensor(index); }

  /// Lets input `index` be read from memory of the caller's, for this item only; then the request has its own again.
  /// Whoever owns that memory must live until the device is done with it: let the userdata own it. The release of the
  /// result is no sign: of an item that timed out the device may read on afterwards, and only the userdata stays.
  /// Throws: ov::Exception for a tensor that does not fit the input; the input is unchanged then.
  void lend(std::size_t index, const Tensor& foreign) const { lent_->lend(*request_, index, foreign); }

 private:
  Request* request_;
  detail::LentInputs<Request>* lent_;
};

/// The output tensors of one finished request, to be read. Valid as long as the lease that gave it.
template <class Request>
class BasicOutputs {
 public:
  /// Made by the result.
  explicit BasicOutputs(Request& request) noexcept : request_(&request) {}

  /// The tensor of output `index`, in the model's order; it shares the request's memory. Allocates nothing.
  /// Throws: ov::Exception for an index that the model does not have.
  auto operator[](std::size_t index) const { return request_->get_output_tensor(index); }

 private:
  Request* request_;
};

/// What a fill function gets of a real request.
using Inputs = BasicInputs<ov::InferRequest>;
/// What a result on a real request gives.
using Outputs = BasicOutputs<ov::InferRequest>;

namespace detail {

inline std::size_t output_count(ov::InferRequest& request) { return request.get_compiled_model().outputs().size(); }

inline ov::Tensor copy_of(const ov::Tensor& tensor) {
  ov::Tensor copy(tensor.get_element_type(), tensor.get_shape());
  tensor.copy_to(copy);
  return copy;
}

}  // namespace detail
}  // namespace inflight
