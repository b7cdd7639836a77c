"""Order, the executor, and who delivers."""
from mutant import Mutant

STATE = "detail/queue_state.hpp"
BOARD = "detail/slot_board.hpp"
SLOT = "detail/slot.hpp"
ORDER = "OrderedQueue.DeliversInTheOrder*"
PARALLEL = "DeliverOn.KeepsTheOrder*"

HAND_OVER = """    board_.begin_call();
    try {
      executor_([this, &slot] { deliver_from(&slot); });
    } catch (...) {
      report(std::current_exception());
      deliver_from(&slot);
    }
    board_.end(board_.lock());
"""
DELIVER = """      deliver(*slot);
      const auto lock = board_.lock();
      slot = delivery.take();
      if (slot == nullptr && order_) {
        slot = order_->take();
        delivering_in_order_ = slot != nullptr;
      }
      board_.end(lock);
"""

MUTANTS = [
    Mutant("order-is-not-kept", STATE,
           "order_(order == Order::as_submitted ? std", "order_(order == Order::as_submitted && requests.empty() ? std",
           "queue_order_test", ORDER),
    Mutant("order-is-always-kept", STATE,
           "order_(order == Order::as_submitted ? std", "order_(!requests.empty() ? std",
           "queue_order_test", "DeliverOn.HandsResults*"),
    Mutant("line-is-not-used", SLOT,
           "    if (slot != nullptr) ++next_;\n", "    ++next_;\n",
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
    Mutant("two-threads-deliver-in-order", STATE,
           "      delivering_in_order_ = true;\n", "",
           "queue_order_test", PARALLEL, "thread"),
    Mutant("delivery-in-order-never-begins-again", STATE,
           "        delivering_in_order_ = slot != nullptr;\n", "",
           "queue_order_test", ORDER),
    Mutant("what-waits-for-its-turn-is-forgotten", STATE,
           "        slot = order_->take();\n        delivering", "        delivering",
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
           "      report(std::current_exception());\n      deliver_from(&slot);\n",
           "      report(std::current_exception());\n",
           "queue_order_test", "DeliverOn.DeliversWhereTheItemEnded*"),
    Mutant("executor-that-throws-is-not-reported", STATE,
           "      report(std::current_exception());\n      deliver_from(&slot);\n", "      deliver_from(&slot);\n",
           "queue_order_test", "DeliverOn.DeliversWhereTheItemEnded*"),
    Mutant("nobody-waits-for-the-executor", STATE,
           HAND_OVER,
           HAND_OVER.replace("    board_.begin_call();\n", "").replace("    board_.end(board_.lock());\n", ""),
           "queue_order_test", "DeliverOn.WaitsForAnExecutor*"),
    Mutant("executor-waits", STATE,
           "    const UserCodeScope inside(nullptr);\n    board_.begin_call();\n", "    board_.begin_call();\n",
           "queue_order_test", "DeliverOn.NothingWaits*"),
    Mutant("executor-is-replaced-with-items-in-flight", STATE,
           "{ replace(\"deliver_on\", executor_, next); }", "{ executor_ = std::move(next); }",
           "queue_order_test", "DeliverOn.HandsResults*"),
    Mutant("item-ends-before-its-callback", STATE,
           DELIVER, DELIVER.replace("      board_.end(lock);\n", "").replace(
               "      deliver(*slot);\n", "      board_.end(board_.lock());\n      deliver(*slot);\n"),
           "queue_lease_test", "*WaitAllWaitsForCallbacks*"),
]
