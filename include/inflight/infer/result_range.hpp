// The results of `queue.run(items, fill)`, one after the other.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <utility>
#include <vector>

#include "inflight/infer/detail/queue_state.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/submit.hpp"

namespace inflight {

namespace detail {

/// Results on their way from the delivering threads to the one that iterates.
template <class Userdata, class Request>
class ResultMailbox final : public ResultTaker<Userdata, Request> {
 public:
  using Result = BasicResult<Userdata, Request>;

  explicit ResultMailbox(std::size_t requests) { ring_.resize(requests); }

  void take(Result result) override {
    std::unique_ptr<ResultMailbox> last;  // ended without the lock, which is in it
    const std::lock_guard lock(mutex_);
    if (left_) {
      if (--expected_ == 0) last = std::move(left_);
      return;
    }
    ring_[(first_ + size_++) % ring_.size()].emplace(std::move(result));
    arrived_.notify_one();  // under the lock: without it, the mailbox may be gone
  }

  /// Nobody waits for the `expected` results any more, of which some may be here. They are dropped, and the mailbox
  /// keeps itself until the last.
  static void leave(std::unique_ptr<ResultMailbox> mailbox, std::size_t expected) {
    std::vector<std::optional<Result>> here;  // ended without the lock, since that runs user code
    ResultMailbox& left = *mailbox;
    const std::lock_guard lock(left.mutex_);
    here.swap(left.ring_);
    left.expected_ = expected - left.size_;
    if (left.expected_ > 0) left.left_ = std::move(mailbox);
  }

  Result wait() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return size_ > 0; });
    std::optional<Result>& slot = ring_[first_];
    Result result = std::move(*slot);
    slot.reset();
    first_ = (first_ + 1) % ring_.size();
    --size_;
    return result;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::optional<Result>> ring_;  // each result has a request, so that there is room for all
  std::size_t first_ = 0;
  std::size_t size_ = 0;
  std::size_t expected_ = 0;             // results still to come, once left
  std::unique_ptr<ResultMailbox> left_;  // itself, once left
};

}  // namespace detail

/// Submits the items on the thread that iterates, keeps as many in flight as there are requests, and gives the results
/// in the queue's order. Leaving the loop early cancels what is in flight and waits for it.
///
/// For items that are there when they are asked for. One that must be waited for, as of a camera, holds up results that
/// are there already: each turn first takes items until no request is idle, so that a result comes about as many items
/// late as there are requests. For a live source take the callback.
///
/// Each result is a lease: let it go before the next turn, or `detach` it, or make the queue with more requests. When
/// all requests are held by results, iteration waits for one to be released on another thread. The loop itself holds
/// those that are done and whose turn has not come, be there as many requests as there may: so its body must not wait
/// for a request of the same queue, neither to submit an item nor in another loop. Thread: one. Blocks:
/// `begin` and `++`, until a result is there; the destructor, until what is in flight is delivered. Throws, from
/// `begin` and `++`: NotAccepted when the queue is destroyed meanwhile; what `items` throw, or copying one;
/// std::logic_error inside a callback, a fill function or an executor, where waiting may never end. That is also where
/// a coroutine that iterates goes on after `co_await queue.infer(...)`. There the destructor does not wait: results
/// still to come are dropped.
///
/// An item is made, by dereferencing the iterator of `items`, once there is a request for it: nothing of a queue waits
/// there. `++` and `!=` of that iterator must not wait for this queue either, whose requests this loop's results have.
template <class Userdata, class Request, std::ranges::view Items, class Fill>
class ResultRange {
 public:
  /// What a turn of the loop gets.
  using Result = BasicResult<Userdata, Request>;

  /// Made by `AsyncInferQueue::run`; submits nothing yet.
  ResultRange(std::shared_ptr<detail::QueueState<Userdata, Request>> state, Items items, Fill fill)
      : state_(std::move(state)),
        items_(std::move(items)),
        fill_(std::move(fill)),
        mailbox_(std::make_unique<detail::ResultMailbox<Userdata, Request>>(state_->board().slots().size())) {}
  ResultRange(const ResultRange&) = delete;
  ResultRange& operator=(const ResultRange&) = delete;
  /// Cancels and waits for what is in flight.
  ~ResultRange() {
    current_.reset();
    if (in_flight_ == 0) return;
    state_->cancel_items_of(*mailbox_);
    if (detail::UserCodeScope::on_this_thread()) {
      detail::ResultMailbox<Userdata, Request>::leave(std::move(mailbox_), in_flight_);
      return;
    }
    for (; in_flight_ > 0; --in_flight_) mailbox_->wait();
  }

  /// What the loop goes by: an input iterator.
  class Iterator {
   public:
    using value_type = Result;               ///< as std::input_iterator wants it
    using difference_type = std::ptrdiff_t;  ///< as std::input_iterator wants it

    /// Made by `begin`.
    explicit Iterator(ResultRange& range) : range_(&range) {}
    /// The result, which leaves the range.
    Result operator*() const { return std::move(*range_->current_); }
    /// Submits what there is room for, and waits for the next result.
    Iterator& operator++() {
      refuse_in_callbacks();
      range_->advance();
      return *this;
    }
    /// As `++iterator`.
    void operator++(int) { ++*this; }
    /// Whether there are no more.
    bool operator==(std::default_sentinel_t) const { return !range_->current_; }

   private:
    ResultRange* range_;
  };

  /// Begins, once.
  Iterator begin() {
    refuse_in_callbacks();
    next_.emplace(std::ranges::begin(items_));
    advance();
    return Iterator(*this);
  }
  /// What an iterator is equal to when there are no more results.
  std::default_sentinel_t end() const noexcept { return {}; }

 private:
  static void refuse_in_callbacks() {
    if (!detail::UserCodeScope::on_this_thread()) return;
    throw std::logic_error("AsyncInferQueue: run inside a callback would wait for itself; iterate elsewhere");
  }
  void advance() {
    current_.reset();
    while (has_next()) {
      // With nothing of its own in flight there is no result to wait for, but a request.
      const auto [slot, answer] = in_flight_ > 0 ? state_->board().try_acquire(mailbox_.get())
                                                 : state_->board().acquire(Until{}, mailbox_.get());
      if (slot == nullptr && answer != Submit::full) throw NotAccepted(answer);
      if (slot == nullptr) break;
      ++in_flight_;
      try {
        state_->run_with(*slot, fill_, [this]() -> decltype(auto) { return **next_; });
      } catch (...) {
        --in_flight_;  // making or copying the item failed: there will be no result
        throw;
      }
      ++*next_;
    }
    if (in_flight_ == 0) return;
    current_.emplace(mailbox_->wait());
    --in_flight_;
  }
  bool has_next() { return *next_ != std::ranges::end(items_); }

  std::shared_ptr<detail::QueueState<Userdata, Request>> state_;
  Items items_;
  Fill fill_;
  std::optional<std::ranges::iterator_t<Items>> next_;
  std::optional<Result> current_;
  std::size_t in_flight_ = 0;
  std::unique_ptr<detail::ResultMailbox<Userdata, Request>> mailbox_;
};

}  // namespace inflight
