// A callback on this thread's stack. Not for direct use.
#pragma once

#include <utility>

#include "inflight/infer/detail/user_code_scope.hpp"

namespace inflight::detail {

/// Marks the thread as delivering for a queue, and holds the items that end on it meanwhile, as when the callback
/// submits and the fill function fails: user code is not entered twice, and no chain of failures eats the stack.
template <class SlotType>
class Delivery : public UserCodeScope {
 public:
  using UserCodeScope::UserCodeScope;

  static Delivery* of(const void* queue) noexcept { return static_cast<Delivery*>(callback_of(queue)); }

  void append(SlotType& slot) noexcept {
    *end_ = &slot;
    end_ = &slot.next;
  }
  SlotType* take() noexcept {
    if (first_ == nullptr) return nullptr;
    SlotType* slot = std::exchange(first_, first_->next);
    slot->next = nullptr;
    if (first_ == nullptr) end_ = &first_;
    return slot;
  }

 private:
  SlotType* first_ = nullptr;
  SlotType** end_ = &first_;
};

}  // namespace inflight::detail
