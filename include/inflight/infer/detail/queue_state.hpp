// What a queue, its requests' callbacks and its leases share. Not for direct use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detail/delivery.hpp"
#include "inflight/infer/detail/ordered_line.hpp"
#include "inflight/infer/detail/slot.hpp"
#include "inflight/infer/detail/slot_board.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/queue_options.hpp"

namespace inflight::detail {

/// The way of an item: filled and started, completed, put in order, delivered. Where it may wait, and which slot is
/// free, is the board's business.
template <class Userdata, class Request>
class QueueState : public std::enable_shared_from_this<QueueState<Userdata, Request>> {
 public:
  using SlotType = Slot<Userdata, Request>;
  using Board = SlotBoard<SlotType>;
  using ResultType = BasicResult<Userdata, Request>;
  using Callback = std::function<void(ResultType)>;
  using ErrorHandler = std::function<void(std::exception_ptr)>;
  using Executor = std::function<void(std::function<void()>)>;

  QueueState(std::vector<Request> requests, Order order, std::size_t spares)
      : order_(order == Order::as_submitted ? std::optional<OrderedLine<SlotType>>(requests.size()) : std::nullopt),
        board_(std::move(requests), spares) {
    try {
      for (SlotType& slot : board_.slots()) {
        slot.request.set_callback([this, &slot](std::exception_ptr error) { complete(slot, std::move(error)); });
      }
    } catch (...) {
      forget_callbacks();
      throw;
    }
  }

  Board& board() noexcept { return board_; }

  void set_callback(Callback next) { replace("set_callback", callback_, next); }
  void set_error_handler(ErrorHandler next) { replace("set_error_handler", error_handler_, next); }
  void set_executor(Executor next) { replace("deliver_on", executor_, next); }

  /// Fills and starts an acquired slot. Whatever fails is the item's outcome; but without userdata there is no item:
  /// the caller keeps both it and the exception.
  template <class Fill, class Data>
  void run(SlotType& slot, Fill& fill, Data&& userdata) {
    run_with(slot, fill, [&]() -> Data&& { return std::forward<Data>(userdata); });
  }
  /// As `run`, with the userdata that `make` returns, or throws.
  template <class Fill, class Make>
  void run_with(SlotType& slot, Fill& fill, const Make& make) {
    try {
      const UserCodeScope inside(nullptr);  // copying, or an item's range: with a request in hand, nothing may wait
      slot.userdata.emplace(make());
    } catch (...) {
      withdraw(slot);
      throw;
    }
    const std::uint64_t item = slot.item;
    try {
      call_fill(slot, fill);
    } catch (...) {  // failed, whatever it is: another item's timeout is no timeout of this one
      return complete(slot, std::current_exception(), Outcome::failed);
    }
    try {
      if (slot.cancel) ov::Cancelled::create("AsyncInferQueue: cancelled before it was started");
      slot.stamps.started = Clock::now();
      slot.phase = Phase::running;
      slot.request.start_async();
    } catch (...) {
      complete(slot, std::current_exception());
      return;
    }
    board_.cancel_if_asked(slot, item);
  }

  /// The next item on the request of a result. Takes the userdata only when it accepts.
  template <class Fill>
  Submit restart(ResultType& result, Fill& fill, Userdata& userdata) {
    SlotType& slot = result.slot();
    if (result.state_.get() != this) {
      throw std::invalid_argument("AsyncInferQueue: restart of another queue's result; restart it on its own queue");
    }
    const Submit answer = board_.reuse(slot);
    if (answer != Submit::accepted) return answer;
    result.slot_ = nullptr;
    result.state_.reset();               // the queue that calls has it too
    Userdata next(std::move(userdata));  // which may be the old item's, and that ends here
    slot.clear();
    run(slot, fill, std::move(next));
    return answer;
  }

  /// Blocks until every item is delivered. Throws: the first exception that a callback let out, when nobody else heard.
  void wait_all() {
    board_.wait_all();
    std::exception_ptr error;
    {
      const auto lock = board_.lock();
      error = std::exchange(callback_error_, nullptr);
    }
    if (error) std::rethrow_exception(error);
  }

  void cancel_all() noexcept {
    const auto lock = board_.lock();
    for (SlotType& slot : board_.slots()) board_.cancel(slot, lock);
  }
  void cancel_items_of(const typename SlotType::Taker& taker) noexcept {
    const auto lock = board_.lock();
    for (SlotType& slot : board_.slots()) {
      if (slot.taker == &taker) board_.cancel(slot, lock);
    }
  }

  void release(SlotType& slot) noexcept { board_.release(slot); }

  /// A slot's running item ends as timed out; unless it ends by itself just now. Takes the lock, and leaves it.
  void give_up(SlotType& slot, typename Board::Lock lock, const char* why) noexcept {
    if (!board_.abandon(slot, lock)) return;
    lock.unlock();
    slot.stamps.completed = Clock::now();
    slot.error = std::make_exception_ptr(TimedOut(why));
    slot.outcome = Outcome::timed_out;
    put_in_order(slot);
  }

  /// Of what a callback let out.
  void report(std::exception_ptr error) noexcept {
    if (!error_handler_) {
      const auto lock = board_.lock();
      if (!callback_error_) callback_error_ = std::move(error);
      return;
    }
    try {
      error_handler_(std::move(error));
    } catch (...) {  // a handler that throws has nobody left to tell
    }
  }

  /// Results that outlive the queue don't keep alive what its functions own, nor themselves when these own them.
  void drop_functions() noexcept {
    Callback callback;
    ErrorHandler handler;
    Executor executor;
    const auto lock = board_.lock();
    callback.swap(callback_);
    handler.swap(error_handler_);
    executor.swap(executor_);
  }

 private:
  /// Whoever handed the requests over may go on with them when there is no queue after all.
  void forget_callbacks() noexcept {
    for (SlotType& slot : board_.slots()) {
      try {
        slot.request.set_callback({});
      } catch (...) {  // one that is empty or running: the one that was refused, or one that never had the callback
      }
    }
  }

  template <class Function>
  void replace(const char* what, Function& function, Function& next) {
    const auto lock = board_.lock();
    if (board_.busy(lock)) {
      throw std::logic_error(std::string("AsyncInferQueue: ") + what + " while items are in flight; wait_all first");
    }
    function.swap(
        next);  // the old one ends with `next`, after the lock: it may own anything, results of this queue too
  }

  template <class Fill>
  static void call_fill(SlotType& slot, Fill& fill) {
    const UserCodeScope inside(nullptr);
    const BasicInputs<Request> inputs(slot.request, slot.lent);
    if constexpr (std::is_invocable_v<Fill&, const BasicInputs<Request>&, Userdata&>) {
      fill(inputs, *slot.userdata);
    } else {
      fill(inputs);
    }
  }

  /// An acquired slot goes back without an outcome; in the order its place passes unnoticed.
  void withdraw(SlotType& slot) noexcept {
    slot.phase = Phase::finished;
    put_in_order(slot);
  }

  /// The end of every item: from OpenVINO's callback, or from `run` when that failed.
  void complete(SlotType& slot, std::exception_ptr error) noexcept {
    const Outcome outcome = outcome_of(error);
    complete(slot, std::move(error), outcome);
  }
  void complete(SlotType& slot, std::exception_ptr error, Outcome outcome) noexcept {
    const TimePoint now = Clock::now();
    Phase phase = slot.phase;
    do {
      if (phase == Phase::abandoned) return board_.return_late(slot);
      if (phase != Phase::filling && phase != Phase::running) return;  // a device that calls back twice
    } while (!slot.phase.compare_exchange_weak(phase, Phase::finished));
    slot.stamps.completed = now;
    if (slot.stamps.started == TimePoint{}) slot.stamps.started = now;
    slot.outcome = outcome;
    slot.error = std::move(error);
    put_in_order(slot);
  }

  void put_in_order(SlotType& slot) noexcept {
    SlotType* next = &slot;
    if (order_) {
      if (slot.phase == Phase::finished) slot.phase = Phase::waiting_for_order;
      if (!order_->put(slot)) return;
      next = order_->take();
      if (next == nullptr) return;
    }
    if (executor_) return hand_over(*next);
    deliver_from(next);
  }

  /// To the executor. It counts as in flight until it has returned, which may be after its task has run: what it owns
  /// lasts as long.
  void hand_over(SlotType& slot) noexcept {
    const UserCodeScope inside(nullptr);
    board_.begin_call();
    const Task task{this, slot.index, ++slot.hand_overs};
    try {
      executor_(task);
    } catch (...) {
      report(std::current_exception());
      task();
    }
    board_.end();
  }

  /// Delivers once, whatever the executor does with it: run it and then throw, keep it and throw, run it twice. Two
  /// words, which std::function holds without an allocation.
  struct Task {
    QueueState* state;
    std::uint32_t index;
    std::uint32_t hand_over;

    void operator()() const {
      SlotType& slot = state->board_.slots()[index];
      std::uint32_t due = hand_over;
      if (slot.hand_overs.compare_exchange_strong(due, due + 1)) state->deliver_from(&slot);
    }
  };

  /// Delivers an item, and all that became deliverable on this thread or in this order meanwhile.
  void deliver_from(SlotType* slot) noexcept {
    if (auto* outer = Delivery<SlotType>::of(this)) return outer->append(*slot);
    Delivery<SlotType> delivery(this);
    while (slot != nullptr) {
      deliver(*slot);
      slot = delivery.take();
      if (slot == nullptr && order_) slot = order_->take();
      board_.end();
    }
  }

  void deliver(SlotType& slot) noexcept {
    if (!slot.userdata) return release(slot);
    slot.stamps.delivered = Clock::now();
    if (slot.phase != Phase::abandoned) slot.phase = Phase::leased;
    try {
      ResultType result(this->shared_from_this(), slot);
      if (slot.taker != nullptr) {
        slot.taker->take(std::move(result));
      } else if (callback_) {
        callback_(std::move(result));
      }
    } catch (...) {
      report(std::current_exception());
    }
  }

  Callback callback_;
  ErrorHandler error_handler_;
  Executor executor_;
  std::exception_ptr callback_error_;
  std::optional<OrderedLine<SlotType>> order_;
  Board board_;  // last: its requests are destroyed first, while all that callbacks touch still stands
};

}  // namespace inflight::detail
