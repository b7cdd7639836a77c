// The request queue that keeps every inference request of a compiled model in flight.
#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/infer/detail/future_taker.hpp"
#include "inflight/infer/detail/make_requests.hpp"
#include "inflight/infer/detail/queue_state.hpp"
#include "inflight/infer/detail/retire.hpp"
#include "inflight/infer/detail/watchdog.hpp"
#include "inflight/infer/infer_awaiter.hpp"
#include "inflight/infer/queue_options.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/result_range.hpp"
#include "inflight/infer/submit.hpp"
#include "inflight/infer/tensors.hpp"

/// The library. What is in `detail` is not for use.
namespace inflight {

/// A function that writes an item's input: `fill(inputs)` or `fill(inputs, userdata)`.
template <class Fill, class Userdata, class Request>
concept FillFunction =
    std::invocable<Fill&, const BasicInputs<Request>&> || std::invocable<Fill&, const BasicInputs<Request>&, Userdata&>;

/// What rides with an item. Moving it must not throw: an accepted item is never lost on its way.
template <class Userdata>
concept ItemData = std::is_object_v<Userdata> && std::is_nothrow_move_constructible_v<Userdata> &&
                   std::is_nothrow_destructible_v<Userdata>;

/// Infers items on all requests of a compiled model at once, and hands over each result.
///
///     inflight::AsyncInferQueue<Frame> queue(compiled);
///     queue.set_callback([](inflight::Result<Frame> result) { show(result.userdata(), result.output(0)); });
///     const auto fill = [](inflight::Inputs inputs, Frame& f) { preprocess(f, inputs[0]); };
///     for (Frame& frame : video) inflight::ensure_accepted(queue.start_async(fill, std::move(frame)));
///     queue.wait_all();
///
/// **One outcome per item**, exactly once: its outputs or its own error, be it of the fill function, of starting, or of
/// inference, cancelled or timed out. After any failure the queue goes on at full capacity.
///
/// **Four ways to take a result**: the callback, for items of `start_async`; a future, of `infer_future`; `co_await`,
/// of `infer`; a loop, over `run`. Results of the last three do not go to the callback.
///
/// **Threads**: any thread calls, several at once. Results are delivered by OpenVINO's callback thread, of which a
/// compiled model has one, so that a callback of 5 ms halves a fast model: see `deliver_on`. An item whose fill or
/// start failed is delivered by its submitter, as is every item of a model compiled with `num_streams(0)`; one that
/// timed out, by the watchdog or the destructor. These may run at the same time, but for `Order::as_submitted`, where
/// whoever has the next item in order delivers it and all that follow. What a callback submits never enters it again:
/// such an item, when it ends at once, is delivered after the callback has returned.
///
/// **Waiting**: a call that does not speak of blocking waits for nothing but what it runs: the fill function, and the
/// callback of an item that ends at once. Inside a callback, a fill function or an executor of any inflight queue, and
/// while userdata is copied, converted or destroyed, nothing ever waits: a full queue answers `would_deadlock`. No lock
/// is held while user code or OpenVINO runs (but for `ov::InferRequest::cancel`).
///
/// Names follow OpenVINO's Python `AsyncInferQueue` where the meaning is the same.
template <ItemData Userdata = std::monostate, InferRequest Request = ov::InferRequest>
class AsyncInferQueue {
 public:
  /// What an item came to.
  using Result = BasicResult<Userdata, Request>;
  /// See `set_callback`.
  using Callback = std::function<void(Result)>;
  /// See `set_error_handler`.
  using ErrorHandler = std::function<void(std::exception_ptr)>;
  /// See `deliver_on`.
  using Executor = std::function<void(std::function<void()>)>;

  /// Creates the requests. Blocks: while they are created, and OpenVINO creates none while a stream is busy. The model
  /// may be released afterwards. Throws: ov::Exception of OpenVINO's, unchanged; std::invalid_argument for an empty
  /// model or options that make no sense.
  explicit AsyncInferQueue(ov::CompiledModel compiled, QueueOptions options = {})
    requires std::same_as<Request, ov::InferRequest>
      : AsyncInferQueue(detail::make_requests(compiled, options), options) {}

  /// Takes requests that exist already: for tests with scripted ones, and for requests that share tensors. None may be
  /// running, nor be a copy of another; their callbacks are the queue's from now on. Keep no handle to them: the queue
  /// ends when the last one's destructor has waited for the callback. The last `watchdog.spares` of them are spares
  /// when there is a watchdog. `options.requests` is not looked at. Throws: std::invalid_argument when there are none,
  /// or options make no sense; ov::Exception, unchanged, for one that is empty or running; the others have no callback
  /// then.
  explicit AsyncInferQueue(std::vector<Request>&& requests, QueueOptions options = {})
      : state_(std::make_shared<State>(std::move(requests), options.order, detail::spares(requests.size(), options))),
        shutdown_grace_(options.shutdown_grace) {
    if (options.watchdog.limit.count() > 0) {
      watchdog_ = std::make_unique<detail::Watchdog<State>>(*state_, options.watchdog);
    }
  }

  AsyncInferQueue(const AsyncInferQueue&) = delete;
  AsyncInferQueue& operator=(const AsyncInferQueue&) = delete;

  /// Cancels what is in flight, delivers it, and waits until every callback has returned; submissions answer `stopped`.
  /// Coroutines that wait for a request go on here, with NotAccepted. Leases may be out: they keep the requests alive.
  /// Blocks: until the nodes now running are done, but at most `shutdown_grace`, then only for callbacks, fill
  /// functions and the executor. Inside one of these, where that wait might never end, a thread of its own does all
  /// this: the callbacks of other items may then run after the destructor has returned. That thread, and the one that
  /// destroys stuck requests later, are detached: when the program ends before they do, they may meet the destruction
  /// of what is static. When the system has no thread left for them, the program ends here.
  ~AsyncInferQueue() { detail::retire(state_, std::move(watchdog_), shutdown_grace_); }

  /// The function that takes the results of `start_async` and `restart`. Without one, or with an empty one, they are
  /// dropped. Owns: the function, until it is replaced or the destroyed queue has delivered everything. Throws:
  /// std::logic_error while items are in flight, or whoever delivered the last one has not returned, be it to a future
  /// or a loop: `wait_all` before.
  void set_callback(Callback callback) { state_->set_callback(std::move(callback)); }

  /// The function that hears of exceptions that a callback let out, on the thread that ran it. Without one, `wait_all`
  /// throws the first of them. What the handler throws itself is lost. Owns and throws: as `set_callback`.
  void set_error_handler(ErrorHandler handler) { state_->set_error_handler(std::move(handler)); }

  /// Delivers through `executor(task)`, which must run each task, on any thread, the last ones while the queue is being
  /// destroyed: the callback may then take its time. In the order of submission, one task runs at a time. When the
  /// executor throws, delivery goes on where the item ended, unless the task has run already, and the error handler
  /// hears of it, or `wait_all`. A task that runs again does nothing, but must not when the queue is gone. The executor
  /// is called where items end, perhaps by several threads at once, so that nothing of a queue waits in it; `wait_all`
  /// and the destructor wait until it has returned. With an empty one items are delivered where they end, as without.
  /// Owns and throws: as `set_callback`.
  void deliver_on(Executor executor) { state_->set_executor(std::move(executor)); }

  /// Fills an idle request's inputs with `fill` and starts it. Blocks: until a request is idle, or as long as `until`
  /// says. Threads that wait have no line: one that comes when a request is just idle takes it, and those that wait go
  /// on waiting, as they do behind a mutex.
  ///
  /// `fill` runs on this thread and writes in place; `userdata` moves to the result, and only when the item is
  /// accepted: otherwise it stays as it was. Throws: nothing of fill's or OpenVINO's; that is in the item's result.
  /// What copying or converting `userdata` throws: then there is no item.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  Submit start_async(Fill&& fill, Data&& userdata = {}, Until until = {}) {
    const auto state = state_;  // the item's callback may destroy the queue, or somebody else while this waits
    const auto [slot, answer] = state->board().acquire(until, nullptr);
    if (slot != nullptr) state->run(*slot, fill, std::forward<Data>(userdata));
    return answer;
  }

  /// As `start_async`, but never waits for a request: `full`.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  Submit try_start_async(Fill&& fill, Data&& userdata = {}) {
    const auto state = state_;
    const auto [slot, answer] = state->board().try_acquire(nullptr);
    if (slot != nullptr) state->run(*slot, fill, std::forward<Data>(userdata));
    return answer;
  }

  /// Starts the next item on the request in hand, which needs no idle one: inside a callback it never finds the queue
  /// full. Ends the result's lease when it answers `accepted`; else, `stopped` or `request_lost`, the result is as it
  /// was, and so is `userdata`, which may be the result's own, unless it had to be converted. The new result goes to
  /// the callback, whoever took this one. `fill` must not be part of the old userdata, which has ended when it is
  /// called: move it out first. Blocks: never for a request. Throws: std::logic_error for a released result,
  /// std::invalid_argument for another queue's, what copying or converting `userdata` throws.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  Submit restart(Result&& result, Fill&& fill, Data&& userdata = {}) {
    if constexpr (std::same_as<Data, Userdata>) {
      const auto state = state_;
      return state->restart(result, fill, userdata);
    } else {
      const auto make = [&userdata]() -> Userdata {
        const detail::UserCodeScope inside(nullptr);  // which holds a request, too
        return std::forward<Data>(userdata);
      };
      Userdata made = make();
      const auto state = state_;
      return state->restart(result, fill, made);
    }
  }

  /// As `start_async`; the future gets copies of the outputs, or the error, as data of its result: futures that held
  /// requests would hang the queue when there are more of them. The delivering thread copies. `get` blocks until then,
  /// inside a callback perhaps for ever; it throws NotAccepted when the item was not accepted, or what copying threw.
  template <class Fill, std::convertible_to<Userdata> Data = Userdata>
    requires FillFunction<Fill, Userdata, Request>
  [[nodiscard("it has the item's result, or why it was not accepted")]] std::future<typename Result::Detached>
  infer_future(Fill&& fill, Data&& userdata = {}, Until until = {}) {
    auto taker = std::make_unique<detail::FutureTaker<Userdata, Request>>();
    auto future = taker->get_future();
    const auto state = state_;
    const auto [slot, answer] = state->board().acquire(until, taker.get());
    if (slot == nullptr) {
      taker->refuse(answer);
      return future;
    }
    auto* const own = taker.release();  // deletes itself when the result has come
    try {
      state->run(*slot, fill, std::forward<Data>(userdata));
    } catch (...) {  // which it will not, since the userdata could not be copied
      taker.reset(own);
      throw;
    }
    return future;
  }

  /// `Result result = co_await queue.infer(fill, userdata);`: see InferAwaiter. Nothing is submitted before `co_await`.
  /// The fill function stays the caller's, and must have a name: GCC 12 destroys a capturing lambda twice that is made
  /// within the co_await expression. Userdata that is an aggregate must not be made there either: instead of
  /// `infer(fill, Item{frame})`, give it a name and `std::move` it, or let a function return it.
  template <class Fill>
    requires FillFunction<Fill, Userdata, Request>
  InferAwaiter<Userdata, Request, Fill> infer(Fill& fill, Userdata userdata) {
    return {state_, fill, std::move(userdata)};
  }
  /// As above, with userdata made of nothing; here, since a default argument would be made in the coroutine.
  template <class Fill>
    requires FillFunction<Fill, Userdata, Request> && std::default_initializable<Userdata>
  InferAwaiter<Userdata, Request, Fill> infer(Fill& fill) {
    return {state_, fill, Userdata{}};
  }
  template <class Fill>
    requires(!std::is_lvalue_reference_v<Fill>)
  void infer(Fill&& fill, Userdata userdata = {}) = delete;  // name the fill function: `auto fill = [...]...;`

  /// `for (auto result : queue.run(frames, fill))`: see ResultRange. Each item of `items` becomes an item's userdata,
  /// by copying where `items` gives references. Owns: `fill`, and `items` when they are a temporary; else they must
  /// outlive the range.
  template <std::ranges::viewable_range Items, class Fill>
    requires FillFunction<Fill, Userdata, Request> &&
             std::convertible_to<std::ranges::range_reference_t<std::views::all_t<Items>>, Userdata>
  [[nodiscard("iterate over it: nothing is submitted before")]] auto run(Items&& items, Fill fill) {
    using View = std::views::all_t<Items>;
    return ResultRange<Userdata, Request, View, Fill>(state_, std::views::all(std::forward<Items>(items)),
                                                      std::move(fill));
  }

  /// Blocks: until every accepted item is delivered and every callback has returned (leases may be out).
  /// Throws: std::logic_error inside a callback, a fill function or an executor, where that would never be; the first
  /// exception that a callback let out, once, when there is no error handler.
  void wait_all() {
    if (detail::UserCodeScope::on_this_thread()) {
      throw std::logic_error(
          "AsyncInferQueue: wait_all inside a callback or a fill function would wait for itself; call it elsewhere");
    }
    const auto state = state_;
    state->wait_all();
  }

  /// Asks OpenVINO to end all items in flight; each is still delivered, as cancelled, or as what it came to before
  /// that. Running ones end at the next node, queued ones when their turn comes, those being filled are not started. Of
  /// OpenVINO 2026.4 AUTO, MULTI and BATCH do not pass it on: what they have runs to its end.
  /// What is submitted afterwards is not touched, nor are threads and coroutines that wait for a request: they have no
  /// item yet. A stop token ends the wait of a thread; a fill function that throws, that of a coroutine when its turn
  /// comes. Blocks: never.
  void cancel() { state_->cancel_all(); }

  /// The number of requests, spares apart.
  std::size_t capacity() const noexcept { return state_->board().capacity(); }
  /// Where they are now.
  QueueCounts counts() const { return state_->board().counts(); }

 private:
  using State = detail::QueueState<Userdata, Request>;

  std::shared_ptr<State> state_;
  std::unique_ptr<detail::Watchdog<State>> watchdog_;
  Clock::duration shutdown_grace_;
};

/// A result of a queue on real requests.
template <class Userdata = std::monostate>
using Result = BasicResult<Userdata, ov::InferRequest>;

}  // namespace inflight
