// Random rounds that can be replayed. Each seed chooses a queue and what its producers do to it, in all ways to take a
// result; afterwards the balance must hold: accepted = succeeded + failed + cancelled + timed out, each item once.
//
//   INFLIGHT_SEEDS=1000 INFLIGHT_ITEMS=10000 test_queue --gtest_filter='Seeds.*'   more of them
//   INFLIGHT_SEED=17 test_queue --gtest_filter='Seeds.*'                           that one again
//
// With either, each seed is said before its round: what crashes, hangs or races does not get to the end.
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

long number_from_environment(const char* name, long otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::stol(text) : otherwise;
}

enum class Act { succeed, throw_in_fill, fail_to_start, fail_to_infer, throw_in_callback, keep, restart, submit_again };
constexpr unsigned acts = 8;

struct Item {
  Act act = Act::succeed;
  std::shared_ptr<std::atomic<int>> deliveries = {};
  bool lends = false;
  std::unique_ptr<InputData> lent = {};  // the queue's own: an item in flight is its only owner

  Item(Act chosen, bool lending) : act(chosen), deliveries(std::make_shared<std::atomic<int>>(0)), lends(lending) {}
  Item(const Item& other) : act(other.act), deliveries(other.deliveries), lends(other.lends) {}
  Item(Item&&) noexcept = default;
  Item& operator=(Item&&) noexcept = default;
  ~Item() = default;

  /// What the input holds: what is lent tells itself from what another item left in the request's own memory.
  long value() const { return lends ? 6 : 5; }
  bool fails() const { return act == Act::throw_in_fill || act == Act::fail_to_start || act == Act::fail_to_infer; }
};

/// An executor of one thread.
class TaskThread {
 public:
  void add(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    added_.notify_one();
  }

 private:
  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (added_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any added_;
  std::deque<std::function<void()>> tasks_;
  std::jthread thread_{[this](const std::stop_token& stop) { work(stop); }};
};

class Round {
 public:
  Round(unsigned seed, long items)
      : random_(seed),
        items_(items),
        requests_(1 + random_() % 8),
        device_(static_cast<unsigned>(1 + random_() % 3)),
        cancels_(random_() % 10 == 0),
        waits_(random_() % 4 != 0),
        order_(random_() % 2 == 0 ? Order::as_completed : Order::as_submitted),
        inline_device_(random_() % 8 == 0),
        watched_(!inline_device_ && random_() % 4 == 0),
        executes_(random_() % 8 == 0) {}

  void run() {
    TaskThread thread;
    {
      QueueOptions options{.order = order_};
      if (watched_)
        options.watchdog = {.limit = std::chrono::microseconds(200), .grace = std::chrono::microseconds(50)};
      const std::size_t requests = requests_ + (watched_ ? options.watchdog.spares : 0);
      Queue queue(scripted_requests(inline_device_ ? nullptr : &device_, requests), options);
      queue.set_callback([&](Queue::Result result) { deliver(queue, std::move(result)); });
      queue.set_error_handler([&](const std::exception_ptr&) { ++thrown_; });
      if (executes_) queue.deliver_on([&](std::function<void()> task) { thread.add(std::move(task)); });
      {
        std::vector<std::jthread> producers;
        for (int p = 0; p < 8; ++p) producers.emplace_back([&, seed = random_()] { produce(queue, seed); });
      }
      if (waits_) {
        queue.wait_all();
        release_kept();
      }
    }
    release_kept();
    for (auto& [item, future] : futures_) {
      const auto result = future.get();
      count(item, result.outcome(), !result.ok() || result.output(0) == output_of(item.value()));
    }
    device_.wait_until_unused();  // the thread that released the last result may still be destroying requests
    EXPECT_EQ(accepted_, outcomes_[0] + outcomes_[1] + outcomes_[2] + outcomes_[3]);
    EXPECT_EQ(wrong_, 0);
    EXPECT_EQ(thrown_, throwing_);
  }
  long ended() const { return ended_; }

 private:
  using Queue = ScriptedQueue<Item>;

  static void fill(ScriptedInputs inputs, Item& item) {
    if (item.lends) {
      item.lent = std::make_unique<InputData>();
      inputs.lend(0, {item.lent.get()});
    }
    if (item.act == Act::throw_in_fill) throw FillError("fill");
    const Fate fate = item.act == Act::fail_to_start   ? Fate::fail_to_start
                      : item.act == Act::fail_to_infer ? Fate::fail_to_infer
                                                       : Fate::succeed;
    *inputs[0].data = {item.value(), fate};
  }

  void produce(Queue& queue, std::uint_fast32_t seed) {
    std::minstd_rand random(seed);
    for (long i = 0; i < items_ / 8; ++i) {
      const Item item(static_cast<Act>(random() % acts), random() % 4 == 0);
      const auto deliveries = item.deliveries;
      ++accepted_;  // before it can end
      switch (random() % 8) {
        case 0:
          while (queue.try_start_async(fill, item) == Submit::full) std::this_thread::yield();
          break;
        case 1:
          while (queue.start_async(fill, item, std::chrono::microseconds(50)) == Submit::timed_out) continue;
          break;
        case 2: {
          auto future = queue.infer_future(fill, item);
          const std::lock_guard lock(mutex_);
          futures_.emplace_back(item, std::move(future));
          break;
        }
        case 3:
          await(queue, item);
          break;
        case 4:
          for (const auto& result : queue.run(std::vector<Item>{item}, fill)) count(item, result);
          break;
        case 5:
          if (random() % 2 == 0) stop_others();
          if (queue.start_async(fill, item, stop_token()) == Submit::stopped) --accepted_;
          break;
        default:
          EXPECT_EQ(queue.start_async(fill, item), Submit::accepted);
      }
      if (cancels_ && random() % 100 == 0) queue.cancel();
      if (random() % 16 == 0) release_kept();  // or the leases would end all progress
      const QueueCounts counts = queue.counts();
      wrong_ += counts.idle + counts.in_flight + counts.waiting_for_order + counts.leased + counts.lost != requests_;
    }
  }

  Coroutine await(Queue& queue, Item item) {
    try {
      const auto result = co_await queue.infer(fill, item);
      count(item, result);
    } catch (const NotAccepted&) {  // the queue ended while it waited for a request
      if (waits_) ++wrong_;
      --accepted_;
    }
  }

  void count(const Item& item, const Queue::Result& result) {
    count(item, result.outcome(), !result.ok() || *result.output(0).data == output_of(item.value()));
  }
  void count(const Item& item, Outcome outcome, bool right) {
    ++ended_;
    ++outcomes_.at(static_cast<std::size_t>(outcome));
    if (item.deliveries->fetch_add(1) != 0) ++wrong_;
    if (item.fails() ? outcome == Outcome::succeeded : outcome == Outcome::failed) ++wrong_;
    if (outcome == Outcome::cancelled && !cancels_ && !watched_ && waits_) ++wrong_;
    if (outcome == Outcome::timed_out && !watched_) ++wrong_;
    if (!right) ++wrong_;
  }

  void deliver(Queue& queue, Queue::Result result) {
    const Item item = result.userdata();
    count(item, result);
    if (item.act == Act::keep && requests_ > 1) {
      std::optional<Queue::Result> old;  // ends after the lock
      const std::lock_guard lock(mutex_);
      old = std::exchange(kept_, std::nullopt);
      kept_.emplace(std::move(result));
    } else if (item.act == Act::restart || item.act == Act::submit_again) {
      const Item next(ended_ % 2 == 0 ? Act::throw_in_fill : Act::succeed, ended_ % 3 == 0);
      ++accepted_;  // before it can end
      const Submit answer =
          item.act == Act::restart ? queue.restart(std::move(result), fill, next) : queue.start_async(fill, next);
      if (answer != Submit::accepted) --accepted_;
    } else if (item.act == Act::throw_in_callback) {
      ++throwing_;
      throw std::runtime_error("callback");
    }
  }

  /// Stops those that wait for a request with a token of before.
  void stop_others() {
    std::stop_source old;
    {
      const std::lock_guard lock(mutex_);
      std::swap(old, stop_);
    }
    old.request_stop();
  }
  std::stop_token stop_token() {
    const std::lock_guard lock(mutex_);
    return stop_.get_token();
  }

  void release_kept() {
    std::optional<Queue::Result> old;
    const std::lock_guard lock(mutex_);
    old = std::exchange(kept_, std::nullopt);
  }

  std::minstd_rand random_;
  long items_;
  std::size_t requests_;
  ScriptedDevice device_;
  bool cancels_, waits_;
  Order order_;
  bool inline_device_, watched_, executes_;
  std::atomic<long> accepted_ = 0, ended_ = 0, wrong_ = 0, throwing_ = 0, thrown_ = 0;
  std::array<std::atomic<long>, 4> outcomes_{};
  std::mutex mutex_;
  std::vector<std::pair<Item, std::future<Queue::Result::Detached>>> futures_;
  std::optional<Queue::Result> kept_;
  std::stop_source stop_;
};

TEST(Seeds, KeepTheBalance) {
  const long items = number_from_environment("INFLIGHT_ITEMS", 800);
  const long first = number_from_environment("INFLIGHT_SEED", 0);
  const long last = first > 0 ? first : number_from_environment("INFLIGHT_SEEDS", 100);
  const bool says_seeds = std::getenv("INFLIGHT_SEEDS") != nullptr || std::getenv("INFLIGHT_SEED") != nullptr;
  long ended = 0;
  for (long seed = first > 0 ? first : 1; seed <= last; ++seed) {
    if (says_seeds) std::cerr << "seed " << seed << '\n';
    Round round(static_cast<unsigned>(seed), items);
    round.run();
    ended += round.ended();
    ASSERT_FALSE(HasFailure()) << "replay with INFLIGHT_SEED=" << seed << " INFLIGHT_ITEMS=" << items;
  }
  RecordProperty("items", std::to_string(ended));
  EXPECT_GE(ended, (last - first) * items / 2);
}

}  // namespace
}  // namespace inflight
