// The request queue that keeps every inference request of a compiled model in flight.
#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/infer/queue_state.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/tensors.hpp"

namespace inflight {

/// What became of a submission. Only `accepted` items have a result, and each of them has exactly one.
enum class Submit {
  accepted,        ///< the item has a request; its result comes, or came, through the callback
  full,            ///< no request was idle, and the call does not wait; nothing was taken
  stopped,         ///< stop was requested before a request was idle; nothing was taken
  would_deadlock,  ///< no request was idle, and this thread is in a callback, where waiting never ends; nothing was
                   ///< taken
};

struct QueueOptions {
  /// 0: twice what the device calls optimal, since filling an input and reading an output occupy a request as well.
  std::size_t requests = 0;
};

/// A function that writes an item's input: `fill(inputs)` or `fill(inputs, userdata)`.
template <class Fill, class Userdata, class Request>
concept FillFunction =
    std::invocable<Fill&, BasicInputs<Request>> || std::invocable<Fill&, BasicInputs<Request>, Userdata&>;

/// Infers items on all requests of a compiled model at once and hands each result to a callback.
///
///     inflight::AsyncInferQueue<Frame> queue(compiled);
///     queue.set_callback([](inflight::Result<Frame> result) { show(result.userdata(), result.output(0)); });
///     for (Frame& frame : video)
///       queue.start_async([](inflight::Inputs inputs, Frame& f) { preprocess(f, inputs[0]); }, std::move(frame));
///     queue.wait_all();
///
/// One outcome per item: an accepted item's callback runs exactly once, with its outputs or with its own error, be it
/// of the fill function, of starting, or of inference. After any failure the queue goes on at full capacity.
///
/// Threads: any thread submits. The callback runs on OpenVINO's callback thread of the compiled model, one call at a
/// time; for an item whose fill or start failed, and for models compiled with `num_streams(0)`, on the submitting
/// thread, which may be at the same time. What it submits itself never enters it again: such an item, when it fails or
/// runs at once, is delivered after the callback has returned. No lock is held while user code or OpenVINO runs.
///
/// Names follow OpenVINO's Python `AsyncInferQueue` where the meaning is the same.
template <class Userdata = std::monostate, class Request = ov::InferRequest>
class AsyncInferQueue {
 public:
  using Result = BasicResult<Userdata, Request>;
  using Callback = std::function<void(Result)>;
  using ErrorHandler = std::function<void(std::exception_ptr)>;

  /// Creates the requests. Blocks: while they are created. The model may be released afterwards.
  /// Throws: ov::Exception of OpenVINO's, unchanged; std::invalid_argument for an empty model.
  explicit AsyncInferQueue(ov::CompiledModel compiled, QueueOptions options = {})
    requires std::same_as<Request, ov::InferRequest>
      : AsyncInferQueue(create_requests(compiled, options.requests)) {}

  /// Takes requests that exist already: for tests with scripted ones, and for requests that share tensors.
  /// Throws: std::invalid_argument when there are none.
  explicit AsyncInferQueue(std::vector<Request> requests)
      : state_(std::make_shared<detail::QueueState<Userdata, Request>>(std::move(requests))) {}

  AsyncInferQueue(const AsyncInferQueue&) = delete;
  AsyncInferQueue& operator=(const AsyncInferQueue&) = delete;

  /// Waits until every accepted item is delivered and every callback has returned; callbacks may submit meanwhile.
  /// Leases may be out: they keep the requests alive. Inside one of the queue's own callbacks, where that wait would
  /// never end, a thread of its own does the waiting.
  ~AsyncInferQueue() { detail::QueueState<Userdata, Request>::retire(state_); }

  /// The function that takes the results. Without one, results are dropped.
  /// Throws: std::logic_error while items are in flight.
  void set_callback(Callback callback) { state_->set_callback(std::move(callback)); }

  /// The function that hears of exceptions that the callback let out, on the thread that ran it. Without one,
  /// `wait_all` throws the first of them. Throws: std::logic_error while items are in flight.
  void set_error_handler(ErrorHandler handler) { state_->set_error_handler(std::move(handler)); }

  /// Fills an idle request's inputs with `fill` and starts it. Blocks: until a request is idle or `stop` is requested;
  /// never inside a callback of any inflight queue, where a full queue answers `would_deadlock`.
  ///
  /// `fill` runs on this thread and writes in place; `userdata` moves to the result, and only when the item is
  /// accepted: otherwise it stays as it was. Throws: nothing of fill's or OpenVINO's; that is in the item's result.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  Submit start_async(Fill&& fill, Data&& userdata = {}, std::stop_token stop = {}) {
    auto* slot = state_->acquire(stop);
    if (slot == nullptr) return stop.stop_requested() ? Submit::stopped : Submit::would_deadlock;
    state_->run(*slot, fill, std::forward<Data>(userdata));
    return Submit::accepted;
  }

  /// As `start_async`, but never blocks: a full queue answers `full`.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  Submit try_start_async(Fill&& fill, Data&& userdata = {}) {
    auto* slot = state_->try_acquire();
    if (slot == nullptr) return Submit::full;
    state_->run(*slot, fill, std::forward<Data>(userdata));
    return Submit::accepted;
  }

  /// Blocks: until every accepted item is delivered and every callback has returned (leases may be out).
  /// Throws: std::logic_error inside a callback, where that would never be; the first exception that a callback let
  /// out, once, when there is no error handler.
  void wait_all() { state_->wait_all(); }

  /// Requests in all; and of these, now: idle; with an item that is not delivered yet; leased to results.
  std::size_t capacity() const noexcept { return state_->capacity(); }
  QueueCounts counts() const { return state_->counts(); }

 private:
  static std::vector<Request> create_requests(ov::CompiledModel& compiled, std::size_t count) {
    if (!compiled) throw std::invalid_argument("AsyncInferQueue: the compiled model is empty; compile one first");
    if (count == 0) count = 2 * std::size_t{compiled.get_property(ov::optimal_number_of_infer_requests)};
    std::vector<Request> requests;
    requests.reserve(count);
    for (std::size_t i = 0; i < count; ++i) requests.push_back(compiled.create_infer_request());
    return requests;
  }

  std::shared_ptr<detail::QueueState<Userdata, Request>> state_;
};

/// A result of a queue on real requests.
template <class Userdata = std::monostate>
using Result = BasicResult<Userdata, ov::InferRequest>;

}  // namespace inflight
