"""What the scripted requests prove is seen on OpenVINO itself as well."""
from mutant import Mutant

QUEUE = "async_infer_queue.hpp"
STATE = "detail/queue_state.hpp"
BOARD = "detail/slot_board.hpp"
SLOT = "detail/slot.hpp"
RETIRE = "detail/retire.hpp"
DOG = "detail/watchdog.hpp"
PLAIN = "queue_openvino_test"
WAYS = "queue_ways_openvino_test"

MUTANTS = [
    Mutant("openvino-outcome-is-not-set", STATE,
           "    slot.outcome = outcome;\n", "",
           PLAIN, "*QueueOn.GivesEveryItem*"),
    Mutant("openvino-try-start-waits", QUEUE,
           "state->board().try_acquire(nullptr);", "state->board().acquire({}, nullptr);",
           PLAIN, "*QueueOn.AnswersFull*"),
    Mutant("openvino-end-does-not-wait", BOARD,
           "[this] { return in_flight_ == 0 && idle_.waiting_threads() == 0; });", "[] { return true; });",
           PLAIN, "*QueueOn.WaitsAtItsEnd*"),
    Mutant("openvino-full-callback-waits", BOARD,
           "      if (UserCodeScope::on_this_thread()) return {nullptr, Submit::would_deadlock};\n", "",
           PLAIN, "*QueueOn.RefusesInACallback*"),
    Mutant("openvino-callback-inside-its-own", STATE,
           "    if (auto* outer = Delivery<SlotType>::of(this)) return outer->append(*slot);\n", "",
           PLAIN, "*QueueOn.SubmitsFromItsCallback*"),
    Mutant("openvino-result-does-not-keep-the-requests", STATE,
           "      ResultType result(this->shared_from_this(), slot);\n",
           "      ResultType result(std::shared_ptr<QueueState>(std::shared_ptr<void>(), this), slot);\n",
           PLAIN, "*QueueOn.KeepsAResult*", "address"),
    Mutant("openvino-end-in-a-callback-waits-for-itself", RETIRE,
           "  if (!UserCodeScope::on_this_thread()) {", "  if (true) {",
           PLAIN, "*QueueOn.MayBeDestroyedInside*"),
    Mutant("openvino-error-is-dropped", STATE,
           "    slot.error = std::move(error);\n    put_in_order", "    put_in_order",
           PLAIN, "QueueOnOpenVino.ReportsAnInput*"),
    Mutant("openvino-fill-writes-into-a-copy", "tensors.hpp",
           "return request_->get_input_tensor(index); }",
           "const Tensor own = request_->get_input_tensor(index);\n"
           "    return Tensor(own.get_element_type(), own.get_shape()); }",
           PLAIN, "QueueOnOpenVino.InfersWhatASynchronous*"),
    Mutant("openvino-useless-request-is-taken", STATE,
           "      slot.request.set_callback([this, &slot](std::exception_ptr error) { complete(slot, std::move(error)); });\n",
           "      try {\n"
           "        slot.request.set_callback([this, &slot](std::exception_ptr e) { complete(slot, std::move(e)); });\n"
           "      } catch (...) {\n      }\n",
           PLAIN, "QueueOnOpenVino.PassesOnWhyARequest*"),

    Mutant("openvino-order-is-that-of-completion", STATE,
           "    if (order_) {\n", "    if (false) {\n",
           WAYS, "*QueueWaysOn.DeliversInTheOrder*"),
    Mutant("openvino-restart-keeps-the-lease", STATE,
           "    result.slot_ = nullptr;\n", "    result.state_ = this->shared_from_this();\n    return answer;\n",
           WAYS, "*QueueWaysOn.RestartsFromItsCallback*"),
    Mutant("openvino-result-goes-to-the-callback", STATE,
           "      if (slot.taker != nullptr) {", "      if (slot.taker != nullptr && callback_) {",
           WAYS, "*QueueWaysOn.GivesFutures*"),
    Mutant("openvino-lent-memory-stays", SLOT,
           "    lent.restore(request);\n", "",
           WAYS, "*QueueWaysOn.LendsMemory*"),
    Mutant("openvino-watchdog-never-gives-up", DOG,
           "    if (cancelled && now >= due) {", "    if (false) {",
           WAYS, "*QueueWaysOn.LeavesAStuckStream*"),
    Mutant("openvino-end-waits-for-what-is-stuck", RETIRE,
           "      state->give_up(slot, state->board().lock(),\n"
           "                     \"AsyncInferQueue: the item did not end when its queue was destroyed and it was "
           "cancelled\");\n", "      (void)slot;\n",
           WAYS, "*QueueWaysOn.DestroyedWithAStuckStream*"),
    Mutant("openvino-end-has-another-grace", QUEUE,
           "std::move(watchdog_), shutdown_grace_);", "std::move(watchdog_), std::chrono::hours(1));",
           "queue_takers_openvino_test", "QueueOnOpenVino.GoesOnWithAModel*"),
]
