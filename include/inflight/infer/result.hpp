// One item's outcome, and the lease on the request that holds its outputs.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight {

/// When an item passed which point.
struct ItemStamps {
  TimePoint submitted;  ///< `start_async` was called
  TimePoint acquired;   ///< a request was idle; from `submitted`: the wait for one
  TimePoint started;    ///< handed to OpenVINO; from `acquired`: the fill function; `completed` when that failed
  TimePoint completed;  ///< OpenVINO's callback began; includes its own queueing and the wait for its callback thread
};

namespace detail {
template <class Userdata, class Request>
class QueueState;
template <class Userdata, class Request>
struct Slot;
}  // namespace detail

/// Outputs or an error, with the item's userdata. A lease: nobody overwrites the outputs until it is released or
/// destroyed, and then the request is idle again. Move-only; may be released on any thread, also when the queue is
/// gone. Thread: one at a time.
template <class Userdata, class Request>
class BasicResult {
 public:
  BasicResult(BasicResult&& other) noexcept
      : state_(std::move(other.state_)), slot_(std::exchange(other.slot_, nullptr)) {}
  BasicResult& operator=(BasicResult&& other) noexcept {
    if (this != &other) {
      release();
      state_ = std::move(other.state_);
      slot_ = std::exchange(other.slot_, nullptr);
    }
    return *this;
  }
  ~BasicResult() { release(); }

  /// Whether there are outputs. Throws: std::logic_error on a released or moved-from result, as all below.
  bool ok() const { return slot().error == nullptr; }
  /// Why there are none: the original exception of the fill function or of starting, or what OpenVINO delivered,
  /// unchanged. Null when there are outputs.
  std::exception_ptr error() const { return slot().error; }

  Userdata& userdata() const { return *slot().userdata; }

  /// The output tensors, in the request's memory. Throws: the item's error when it has one.
  BasicOutputs<Request> outputs() const {
    if (slot().error) std::rethrow_exception(slot().error);
    return BasicOutputs<Request>(slot().request);
  }
  auto output(std::size_t index) const { return outputs()[index]; }

  const ItemStamps& stamps() const { return slot().stamps; }

  /// Ends the lease: the userdata is destroyed, the request idle. Twice is once. Blocks: never.
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
