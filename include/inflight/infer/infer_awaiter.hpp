// What `co_await queue.infer(...)` waits on.
#pragma once

#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "inflight/infer/detail/queue_state.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/submit.hpp"

namespace inflight {

/// Suspends the coroutine from the submission of its item to its result. No thread is blocked and nothing is allocated:
/// while no request is idle, the coroutine itself stands in line.
///
/// Afterwards the coroutine continues on the thread that delivers the result: OpenVINO's callback thread, or the
/// executor of `deliver_on`; on the submitting one when the item ended there; on the one that destroys the queue when
/// there was no request before. What it does up to its next suspension is a callback: nothing of a queue waits in it,
/// and what it lets out of its promise goes to the error handler, but for a coroutine that went on without suspension,
/// whose caller it then reaches as usual. The fill function runs here, or where the request became idle. The coroutine
/// must not be destroyed while it is suspended here: `cancel` its item and let it end. While it waits for a request
/// there is none, so that `cancel` passes it by: its fill function may throw when its turn comes. Owns: the userdata,
/// until the item is started; the fill function is the caller's. Its type must not be aligned beyond what operator new
/// gives, usually 16: the coroutine's frame is not.
template <class Userdata, class Request, class Fill>
class [[nodiscard("co_await it: nothing is submitted before")]] InferAwaiter final
    : private detail::ResultTaker<Userdata, Request>,
      private detail::SlotTaker<detail::Slot<Userdata, Request>> {
  static_assert(
      alignof(Userdata) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
      "a coroutine's frame does not keep userdata of this alignment: let infer carry a pointer to it, or take "
      "the callback or infer_future");

 public:
  /// What the coroutine gets.
  using Result = BasicResult<Userdata, Request>;

  /// Made by `AsyncInferQueue::infer`.
  InferAwaiter(std::shared_ptr<detail::QueueState<Userdata, Request>> state, Fill& fill, Userdata userdata)
      : state_(std::move(state)), fill_(&fill), userdata_(std::move(userdata)) {
    this->result_taker = this;
  }
  InferAwaiter(const InferAwaiter&) = delete;
  InferAwaiter& operator=(const InferAwaiter&) = delete;

  /// For the compiler: the item is not even submitted.
  bool await_ready() const noexcept { return false; }

  /// For the compiler: submits the item. Blocks: never for a request. Throws: std::logic_error when awaited twice.
  bool await_suspend(std::coroutine_handle<> coroutine) {
    if (coroutine_) throw std::logic_error("AsyncInferQueue: an item was awaited twice; call infer for each");
    coroutine_ = coroutine;
    const auto [slot, answer] = state_->board().acquire_or_enqueue(*this);
    if (answer == Submit::stopped) return false;
    if (slot != nullptr) state_->run(*slot, *fill_, std::move(userdata_));
    return !both_here_.exchange(true);
  }

  /// What `co_await` gives. Throws: NotAccepted when the queue was destroyed before a request was idle.
  Result await_resume() {
    if (!result_) throw NotAccepted(Submit::stopped);
    return std::move(*result_);
  }

 private:
  using Slot = detail::Slot<Userdata, Request>;

  void take(Slot* slot) noexcept override {
    const auto state = state_;  // the coroutine may end, and this with it, before the calls below return
    if (slot != nullptr) return state->run(*slot, *fill_, std::move(userdata_));
    const detail::UserCodeScope inside(nullptr);
    try {
      arrive();
    } catch (...) {
      state->report(std::current_exception());
    }
  }
  void take(Result result) override {
    result_.emplace(std::move(result));
    arrive();
  }

  /// The second of the two, result and suspension, lets the coroutine go on.
  void arrive() {
    if (both_here_.exchange(true)) coroutine_.resume();
  }

  std::shared_ptr<detail::QueueState<Userdata, Request>> state_;
  Fill* fill_;
  Userdata userdata_;
  std::optional<Result> result_;
  std::coroutine_handle<> coroutine_;
  std::atomic<bool> both_here_ = false;
};

}  // namespace inflight
