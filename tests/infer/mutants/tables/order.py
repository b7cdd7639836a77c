"""Order, the executor, and who delivers."""
from mutant import Mutant

STATE = "detail/queue_state.hpp"
BOARD = "detail/slot_board.hpp"
LINE = "detail/ordered_line.hpp"
ORDER = "OrderedQueue.DeliversInTheOrder*"
PARALLEL = "DeliverOn.KeepsTheOrder*"

HAND_OVER = """    board_.begin_call();
    const Task task{this, slot.index, ++slot.hand_overs};
    try {
      executor_(task);
    } catch (...) {
      report(std::current_exception());
      task();
    }
    board_.end();
"""
DELIVER = """      deliver(*slot);
      slot = delivery.take();
      if (slot == nullptr && order_) slot = order_->take();
      board_.end();
"""

MUTANTS = [
    Mutant("order-is-not-kept", STATE,
           "order_(order == Order::as_submitted ? std", "order_(order == Order::as_submitted && requests.empty() ? std",
           "queue_order_test", ORDER),
    Mutant("order-is-always-kept", STATE,
           "order_(order == Order::as_submitted ? std", "order_(!requests.empty() ? std",
           "queue_order_test", "DeliverOn.HandsResults*"),
    Mutant("line-does-not-move-on", LINE,
           "        ++next_;\n", "",
           "queue_order_test", ORDER),
    Mutant("line-is-too-short", STATE,
           "std::optional<OrderedLine<SlotType>>(requests.size())",
           "std::optional<OrderedLine<SlotType>>(requests.size() - 1)",
           "queue_order_test", ORDER),
    Mutant("failed-item-loses-its-place", STATE,
           "    slot.error = std::move(error);\n    put_in_order(slot);\n",
           "    slot.error = std::move(error);\n    if (slot.error) return deliver_from(&slot);\n"
           "    put_in_order(slot);\n",
           "queue_order_test", ORDER),
    Mutant("all-items-have-one-place", BOARD,
           "slot.item = next_item_++;", "slot.item = next_item_;",
           "queue_order_test", ORDER),
    Mutant("two-threads-deliver-in-order", LINE,
           "    return arrivals_.fetch_add(1, std::memory_order_acq_rel) == 0;",
           "    arrivals_.fetch_add(1, std::memory_order_acq_rel);\n    return true;",
           "queue_order_test", PARALLEL, "thread"),
    Mutant("delivery-in-order-never-begins-again", LINE,
           "      if (arrivals_.compare_exchange_strong(seen, 0, std::memory_order_acq_rel)) return nullptr;",
           "      if (seen != 0) return nullptr;",
           "queue_order_test", ORDER),
    Mutant("what-waits-for-its-turn-is-forgotten", STATE,
           "      if (slot == nullptr && order_) slot = order_->take();\n", "",
           "queue_order_test", "OrderedQueue.AResultThatWaits*"),
    Mutant("what-waits-for-its-turn-is-not-counted", STATE,
           "      if (slot.phase == Phase::finished) slot.phase = Phase::waiting_for_order;\n", "",
           "queue_order_test", "OrderedQueue.AResultThatWaits*"),
    Mutant("restart-keeps-the-old-place", BOARD,
           "      begin(slot, nullptr);\n    }\n", "      const auto place = slot.item;\n      begin(slot, nullptr);\n"
           "      slot.item = place;\n    }\n",
           "queue_restart_test", "Restart.TakesItsPlace*"),
    Mutant("executor-is-not-used", STATE,
           "    if (executor_) return hand_over(*next);\n", "",
           "queue_order_test", "DeliverOn.HandsResults*"),
    Mutant("executor-that-throws-loses-the-item", STATE,
           "      report(std::current_exception());\n      task();\n",
           "      report(std::current_exception());\n",
           "queue_order_test", "DeliverOn.DeliversWhereTheItemEnded*"),
    Mutant("executor-that-throws-is-not-reported", STATE,
           "      report(std::current_exception());\n      task();\n", "      task();\n",
           "queue_order_test", "DeliverOn.DeliversWhereTheItemEnded*"),
    Mutant("task-that-ran-runs-again", STATE,
           "      if (slot.hand_overs.compare_exchange_strong(due, due + 1)) state", "      state",
           "queue_order_test", "DeliverOn.DeliversOnce*"),
    Mutant("old-task-delivers-the-next-item", STATE,
           "      std::uint32_t due = hand_over;\n", "      std::uint32_t due = slot.hand_overs | 1;\n",
           "queue_order_test", "DeliverOn.DeliversOnce*"),
    Mutant("task-allocates", STATE,
           "    std::uint32_t index;\n", "    std::uint64_t index;\n",
           "queue_stress_test", "*AllocatesNothingPerItem"),
    Mutant("nobody-waits-for-the-executor", STATE,
           HAND_OVER,
           HAND_OVER.replace("    board_.begin_call();\n", "").replace("    board_.end();\n", ""),
           "queue_order_test", "DeliverOn.WaitsForAnExecutor*"),
    Mutant("executor-waits", STATE,
           "    const UserCodeScope inside(nullptr);\n    board_.begin_call();\n", "    board_.begin_call();\n",
           "queue_order_test", "DeliverOn.NothingWaits*"),
    Mutant("executor-is-replaced-with-items-in-flight", STATE,
           "{ replace(\"deliver_on\", executor_, next); }", "{ executor_ = std::move(next); }",
           "queue_order_test", "DeliverOn.HandsResults*"),
    Mutant("item-ends-before-its-callback", STATE,
           DELIVER, "      board_.end();\n" + DELIVER.replace("      board_.end();\n", ""),
           "queue_lease_test", "*WaitAllWaitsForCallbacks*"),
]
