// An item's outcome that holds no request.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <openvino/runtime/infer_request.hpp>
#include <openvino/runtime/tensor.hpp>

#include "inflight/infer/item_stamps.hpp"
#include "inflight/infer/outcome.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight {

template <class Userdata, class Request>
class BasicResult;

namespace detail {
template <class Request>
using OutputTensor = decltype(copy_of(std::declval<Request&>().get_output_tensor(std::size_t{})));
}  // namespace detail

/// What `Result::detach` and the queue's futures give: copies of the outputs, or the error, with the userdata. Owns all
/// that it shows, and may be kept as long as one likes. Thread: one at a time.
template <class Userdata, class Tensor = ov::Tensor>
class DetachedResult {
 public:
  /// How the item ended.
  Outcome outcome() const noexcept { return outcome_; }
  /// Whether there are outputs.
  bool ok() const noexcept { return outcome_ == Outcome::succeeded; }
  /// As `Result::error`.
  const std::exception_ptr& error() const noexcept { return error_; }

  /// May be moved from. Throws: std::logic_error for an item that timed out, whose userdata stays where the device may
  /// still need it.
  Userdata& userdata() {
    if (!userdata_)
      throw std::logic_error("DetachedResult: the item timed out, and the device may still use its userdata");
    return *userdata_;
  }

  /// One tensor for each output, in the model's order. Throws: the item's error when it has one.
  const std::vector<Tensor>& outputs() const {
    if (error_) std::rethrow_exception(error_);
    return outputs_;
  }
  /// One of `outputs()`. Throws also: std::out_of_range.
  const Tensor& output(std::size_t index) const { return outputs().at(index); }

  /// When the item passed which point.
  const ItemStamps& stamps() const noexcept { return stamps_; }

 private:
  template <class, class>
  friend class BasicResult;

  DetachedResult(Outcome outcome, std::exception_ptr error, const ItemStamps& stamps)
      : outcome_(outcome), error_(std::move(error)), stamps_(stamps) {}

  Outcome outcome_;
  std::exception_ptr error_;
  ItemStamps stamps_;
  std::vector<Tensor> outputs_;
  std::optional<Userdata> userdata_;
};

}  // namespace inflight
