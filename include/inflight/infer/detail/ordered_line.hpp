// Finished items on their way back into the order of submission. Not for direct use.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inflight::detail {

/// A ring of finished items by their number. They leave in the order of acquisition, through one thread at a time: who
/// finds nobody at it takes the part, and keeps it until the next item in order is not there. No lock.
///
/// Thread: `put` on any; `take` where `put` answered true, until it gives null.
template <class SlotType>
class OrderedLine {
 public:
  /// `slots`: as many as there are. Each item that has not left holds one, so that no two meet in the ring.
  explicit OrderedLine(std::size_t slots) : ring_(slots) {}

  /// Whether the caller is to `take`: else another thread is at it, and will see this item.
  bool put(SlotType& slot) noexcept {
    place(slot.item).store(&slot, std::memory_order_release);
    return arrivals_.fetch_add(1, std::memory_order_acq_rel) == 0;
  }

  /// The next item in order; null when it is not finished: then the part is free for whoever puts next.
  SlotType* take() noexcept {
    std::uint64_t seen = arrivals_.load(std::memory_order_acquire);
    for (;;) {
      if (SlotType* slot = place(next_).exchange(nullptr, std::memory_order_acquire)) {
        ++next_;
        return slot;
      }
      // Somebody may have put it after that look, and gone: then the number has changed.
      if (arrivals_.compare_exchange_strong(seen, 0, std::memory_order_acq_rel)) return nullptr;
    }
  }

 private:
  std::atomic<SlotType*>& place(std::uint64_t item) noexcept { return ring_[item % ring_.size()]; }

  std::vector<std::atomic<SlotType*>> ring_;
  std::atomic<std::uint64_t> arrivals_ = 0;  // since the thread that takes began; 0: there is none
  std::uint64_t next_ = 0;                   // of whoever takes
};

}  // namespace inflight::detail
