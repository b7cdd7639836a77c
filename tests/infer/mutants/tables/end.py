"""Cancelling, waiting for all, and the end of a queue."""
from mutant import Mutant

QUEUE = "async_infer_queue.hpp"
STATE = "detail/queue_state.hpp"
BOARD = "detail/slot_board.hpp"
IDLE = "detail/idle_slots.hpp"
RETIRE = "detail/retire.hpp"

FUNCTIONS = """    Callback callback;
    ErrorHandler handler;
    Executor executor;
"""
LOCK = "    const auto lock = board_.lock();\n"

MUTANTS = [
    Mutant("cancel-reaches-nothing", BOARD,
           "      slot.request.cancel();\n", "",
           "queue_cancel_test", "Cancel.EndsItems*"),
    Mutant("cancel-reaches-nothing-of-openvinos", BOARD,
           "      slot.request.cancel();\n", "",
           "queue_ways_openvino_test", "*QueueWaysOn.CancelsAndGoesOn*:*QueueWaysOn.CancelsWhatRuns*"),
    Mutant("cancel-of-what-is-filled-is-lost", STATE,
           "      if (slot.cancel) ov::Cancelled::create(\"AsyncInferQueue: cancelled before it was started\");\n", "",
           "queue_cancel_test", "Cancel.OfAnItemThatIsBeingFilled*"),
    Mutant("cancel-of-what-is-started-is-lost", STATE,
           "    board_.cancel_if_asked(slot, item);\n", "",
           "queue_cancel_test", "Cancel.OfAnItemThatIsBeingStarted*"),
    Mutant("cancel-reaches-what-waits-for-a-request", QUEUE,
           "  void cancel() { state_->cancel_all(); }",
           "  void cancel() {\n    state_->cancel_all();\n    state_->board().close();\n  }",
           "queue_cancel_test", "Cancel.DoesNotTouch*"),
    Mutant("cancel-in-a-callback-is-lost", STATE,
           "  void cancel_all() noexcept {\n", "  void cancel_all() noexcept {\n    if (UserCodeScope::on_this_thread()) return;\n",
           "queue_cancel_test", "Cancel.FromItsOwnCallback*"),
    Mutant("cancel-reaches-later-items", BOARD,
           "    slot.cancel = false;\n", "",
           "queue_cancel_test", "Cancel.EndsItems*"),
    Mutant("cancel-that-throws-ends-the-program", BOARD,
           "    } catch (...) {  // a device that", "    } catch (const std::logic_error&) {  // a device that",
           "queue_cancel_test", "Cancel.LeavesItemsOfADevice*"),

    Mutant("wait-all-does-not-wait", BOARD,
           "    all_done_.wait(lock, [this] { return in_flight_ == 0; });\n", "",
           "queue_lease_test", "*WaitAllWaitsForCallbacks*"),
    Mutant("wait-all-is-not-woken", BOARD,
           "    if (--in_flight_ == 0) all_done_.notify_all();", "    --in_flight_;",
           "queue_lease_test", "*WaitAllWaitsForCallbacks*"),
    Mutant("wait-all-waits-for-leases", BOARD,
           "    all_done_.wait(lock, [this] { return in_flight_ == 0; });\n",
           "    all_done_.wait(lock, [this] {\n      for (const SlotType& slot : slots_) {\n"
           "        if (slot.phase == Phase::leased) return false;\n      }\n      return in_flight_ == 0;\n    });\n",
           "queue_lease_test", "Result.KeepsItsOutputs*"),

    Mutant("end-does-not-close", RETIRE,
           "  state->board().close();\n", "",
           "queue_end_test", "Destructor.EndsAChain*"),
    Mutant("end-wakes-nobody", IDLE,
           "    closed_ = true;\n    became_idle_.notify_all();\n", "    closed_ = true;\n",
           "queue_end_test", "Destructor.HearsOfTheLast*"),
    Mutant("end-does-not-cancel", RETIRE,
           "  state->cancel_all();\n", "",
           "queue_end_test", "Destructor.CancelsAndDelivers*"),
    Mutant("end-does-not-wait-for-callbacks", BOARD,
           "[this] { return in_flight_ == 0 && idle_.waiting_threads() == 0; });", "[] { return true; });",
           "queue_end_test", "Destructor.WaitsForEveryItem*"),
    Mutant("end-does-not-wait-for-submitters", BOARD,
           "return in_flight_ == 0 && idle_.waiting_threads() == 0;", "return in_flight_ == 0;",
           "idle_slots_test", "SlotBoard.*"),
    Mutant("end-does-not-hear-of-submitters", BOARD,
           "        if (idle_.closed()) all_done_.notify_all();\n", "",
           "queue_end_test", "Destructor.HearsOfTheLast*"),
    Mutant("end-takes-new-items", BOARD,
           "    if (idle_.closed()) return {nullptr, Submit::stopped};\n    std::pair", "    std::pair",
           "queue_end_test", "Destructor.AnswersStopped*"),
    Mutant("end-takes-new-items-that-do-not-wait", BOARD,
           "    if (idle_.closed()) return {nullptr, Submit::stopped};\n    SlotType* slot = idle_.take();\n"
           "    if (slot == nullptr) return", "    SlotType* slot = idle_.take();\n    if (slot == nullptr) return",
           "queue_end_test", "Destructor.AnswersStopped*"),
    Mutant("end-takes-new-coroutines", BOARD,
           "    if (idle_.closed()) return {nullptr, Submit::stopped};\n    SlotType* slot = "
           "idle_.take_beside", "    SlotType* slot = idle_.take_beside",
           "queue_end_test", "Destructor.AnswersStopped*"),
    Mutant("end-gives-waiting-submitters-a-request", IDLE,
           "    if (closed_) return {nullptr, Submit::stopped};\n", "",
           "queue_end_test", "Destructor.SendsAllWaiting*"),
    Mutant("end-in-a-callback-waits-for-itself", RETIRE,
           "  if (!UserCodeScope::on_this_thread()) {", "  if (true) {",
           "queue_end_test", "Destructor.MayRunInside*"),
    Mutant("end-waits-for-what-is-stuck", RETIRE,
           "      state->give_up(slot, state->board().lock(),\n"
           "                     \"AsyncInferQueue: the item did not end when its queue was destroyed and it was "
           "cancelled\");\n", "      (void)slot;\n",
           "queue_end_test", "Destructor.LeavesAStuckRequest*"),
    Mutant("end-has-no-grace", QUEUE,
           "std::move(watchdog_), shutdown_grace_);", "std::move(watchdog_), {});",
           "queue_end_test", "Destructor.WaitsForEver*"),
    Mutant("end-has-another-grace", QUEUE,
           "std::move(watchdog_), shutdown_grace_);", "std::move(watchdog_), std::chrono::hours(1));",
           "queue_end_test", "Destructor.LeavesAStuckRequest*"),
    Mutant("longest-grace-is-none", BOARD,
           "later(Clock::now(), longest)", "Clock::now() + longest",
           "queue_end_test", "Destructor.WaitsForEver*"),
    Mutant("end-destroys-what-is-stuck", RETIRE,
           "  if (state->board().counts().abandoned == 0) return;\n", "  return;\n",
           "queue_end_test", "Destructor.LeavesAStuckRequest*"),


    Mutant("end-inside-a-submission-destroys-its-request", QUEUE,
           "    const auto state = state_;  // the item's callback may destroy", "    auto* const state = state_.get();  //",
           "queue_reentry_test", "*KeepsItsRequestsUntilTheSubmission*"),
    Mutant("functions-stay", RETIRE,
           "  state->drop_functions();\n", "",
           "queue_end_test", "Destructor.DropsEachFunction*"),
    Mutant("callback-stays", STATE,
           "    callback.swap(callback_);\n", "",
           "queue_end_test", "Destructor.DropsTheCallbackAlso*"),
    Mutant("error-handler-stays", STATE,
           "    handler.swap(error_handler_);\n", "",
           "queue_end_test", "Destructor.DropsEachFunction*"),
    Mutant("executor-stays", STATE,
           "    executor.swap(executor_);\n", "",
           "queue_end_test", "Destructor.DropsEachFunction*"),
    Mutant("functions-end-under-the-lock", STATE,
           FUNCTIONS + LOCK, LOCK + FUNCTIONS,
           "queue_end_test", "Destructor.DropsTheCallbackWithoutALock"),
    Mutant("watchdog-goes-on-while-the-queue-ends", RETIRE,
           "    watchdog.reset();\n    drain(std::move(state), grace);\n    return;",
           "    drain(std::move(state), grace);\n    return;",
           "queue_watchdog_test", "Watchdog.LeavesWhatTheDestructor*"),
]
