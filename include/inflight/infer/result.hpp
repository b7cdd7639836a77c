// One item's outcome, and the lease on the request that holds its outputs.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detached_result.hpp"
#include "inflight/infer/item_stamps.hpp"
#include "inflight/infer/outcome.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight {

namespace detail {
template <class Userdata, class Request>
class QueueState;
template <class Userdata, class Request>
struct Slot;
}  // namespace detail

/// Outputs or an error, with the item's userdata. A lease: nobody overwrites the outputs until it is released or
/// destroyed, and then the request is idle again. Move-only; may be released on any thread, also when the queue, the
/// model and the core are gone. Thread: one at a time. Blocks: never.
/// Throws, on a released or moved-from result: std::logic_error.
template <class Userdata, class Request>
class BasicResult {
 public:
  /// What `detach` gives.
  using Detached = DetachedResult<Userdata, detail::OutputTensor<Request>>;

  /// Takes the lease over; `other` is then as one that was released.
  BasicResult(BasicResult&& other) noexcept
      : state_(std::move(other.state_)), slot_(std::exchange(other.slot_, nullptr)) {}
  /// Ends its own lease, then takes the other over.
  BasicResult& operator=(BasicResult&& other) noexcept {
    if (this != &other) {
      BasicResult old(std::move(*this));  // released last: what that lets run may assign here as well
      state_ = std::move(other.state_);
      slot_ = std::exchange(other.slot_, nullptr);
    }
    return *this;
  }
  /// As `release`.
  ~BasicResult() { release(); }

  /// How the item ended.
  Outcome outcome() const { return slot().outcome; }
  /// Whether there are outputs.
  bool ok() const { return outcome() == Outcome::succeeded; }
  /// Why there are none: the original exception of the fill function or of starting, or what OpenVINO delivered,
  /// unchanged. Null when there are outputs.
  std::exception_ptr error() const { return slot().error; }

  /// Valid as long as the lease. May be moved from, but for an item that timed out: the device may still read memory
  /// that the userdata owns.
  Userdata& userdata() const { return *slot().userdata; }

  /// The output tensors, in the request's memory. Throws: the item's error when it has one.
  BasicOutputs<Request> outputs() const {
    if (slot().error) std::rethrow_exception(slot().error);
    return BasicOutputs<Request>(slot().request);
  }
  /// One of `outputs()`. Throws also: ov::Exception for an index that the model does not have.
  auto output(std::size_t index) const { return outputs()[index]; }

  /// When the item passed which point. Valid as long as the lease.
  const ItemStamps& stamps() const { return slot().stamps; }

  /// Copies the outputs, moves the userdata, and releases: for results that are kept. The userdata of an item that
  /// timed out stays behind until the device returns the request. Throws: what copying throws; the lease lasts then.
  Detached detach() {
    Detached detached(slot().outcome, slot().error, slot().stamps);
    if (ok()) {
      using detail::copy_of;  // or what belongs to a stand-in's tensors
      using detail::output_count;
      const std::size_t count = output_count(slot().request);
      for (std::size_t i = 0; i < count; ++i) detached.outputs_.push_back(copy_of(output(i)));
    }
    if (outcome() != Outcome::timed_out) detached.userdata_.emplace(std::move(userdata()));
    release();
    return detached;
  }

  /// Ends the lease: the userdata is destroyed, the request idle; those of an item that timed out only when the device
  /// has returned the request. Twice is once. Where a coroutine waits for a request, its item is filled and started
  /// here.
  void release() noexcept {
    if (slot_ == nullptr) return;
    // The state is held to the end of the call: the request may be the last thing that anybody waits for.
    const auto state = std::move(state_);
    state->release(*std::exchange(slot_, nullptr));
  }

 private:
  friend class detail::QueueState<Userdata, Request>;

  BasicResult(std::shared_ptr<detail::QueueState<Userdata, Request>> state, detail::Slot<Userdata, Request>& slot)
      : state_(std::move(state)), slot_(&slot) {}

  detail::Slot<Userdata, Request>& slot() const {
    if (slot_ == nullptr) throw std::logic_error("Result: it was released or moved from; take what you need before");
    return *slot_;
  }

  std::shared_ptr<detail::QueueState<Userdata, Request>> state_;
  detail::Slot<Userdata, Request>* slot_;
};

}  // namespace inflight
