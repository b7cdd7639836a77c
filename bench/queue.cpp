// What the queue costs against the shortest correct loop by hand, and against itself in its other forms. Rounds of all
// rows are interleaved; each ratio is that of two runs of one round, and stands beside its A/A control.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <openvino/op/add.hpp>
#include <openvino/op/constant.hpp>
#include <openvino/op/parameter.hpp>
#include <openvino/openvino.hpp>

#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"

namespace {

using inflight::AsyncInferQueue;
using inflight::Clock;
using inflight::Order;

struct Options {
  std::string model;
  std::size_t requests = 4;
  int rounds = 15;
  long items = 20'000;
};

std::shared_ptr<ov::Model> one_operation_model() {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::Shape{1, 4});
  const auto one = ov::op::v0::Constant::create(ov::element::f32, ov::Shape{}, {1});
  const auto sum = std::make_shared<ov::op::v1::Add>(input, one);
  return std::make_shared<ov::Model>(ov::OutputVector{sum}, ov::ParameterVector{input});
}

/// The shortest loop that is correct: mutex, condition variable, callback.
class HandWritten {
 public:
  HandWritten(ov::CompiledModel compiled, std::size_t requests) {
    for (std::size_t i = 0; i < requests; ++i) requests_.push_back(compiled.create_infer_request());
    for (ov::InferRequest& request : requests_) {
      idle_.push_back(&request);
      request.set_callback([this, &request](const std::exception_ptr& error) {
        if (error) ++failed_;
        {
          const std::lock_guard lock(mutex_);
          idle_.push_back(&request);
        }
        became_idle_.notify_one();
      });
    }
  }
  ~HandWritten() { requests_.clear(); }
  HandWritten(const HandWritten&) = delete;
  HandWritten& operator=(const HandWritten&) = delete;

  void run(long items) {
    for (long i = 0; i < items; ++i) {
      ov::InferRequest* request = nullptr;
      {
        std::unique_lock lock(mutex_);
        became_idle_.wait(lock, [this] { return !idle_.empty(); });
        request = idle_.back();
        idle_.pop_back();
      }
      request->start_async();
    }
    std::unique_lock lock(mutex_);
    became_idle_.wait(lock, [this] { return idle_.size() == requests_.size(); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable became_idle_;
  std::vector<ov::InferRequest*> idle_;
  std::atomic<long> failed_ = 0;
  std::vector<ov::InferRequest> requests_;
};

const auto no_fill = [](const inflight::Inputs&) {};

void run_queue(AsyncInferQueue<long>& queue, long items, int producers) {
  std::vector<std::jthread> threads;
  for (int p = 1; p < producers; ++p) {
    threads.emplace_back([&] {
      for (long i = 0; i < items / producers; ++i) queue.start_async(no_fill, i);
    });
  }
  for (long i = 0; i < items / producers; ++i) queue.start_async(no_fill, i);
  threads.clear();
  queue.wait_all();
}

/// Every item but the first of each request is a restart in the callback.
void run_restarts(AsyncInferQueue<long>& queue, long items) {
  std::atomic<long> left = items;
  queue.set_callback([&](AsyncInferQueue<long>::Result result) {
    if (left.fetch_sub(1) > 0) queue.restart(std::move(result), no_fill, 0L);
  });
  for (std::size_t i = 0; i < queue.capacity() && left.fetch_sub(1) > 0; ++i) queue.start_async(no_fill, 0L);
  queue.wait_all();
  queue.set_callback([](const AsyncInferQueue<long>::Result&) {});
}

/// Completes at once: what remains is the queue.
struct NullRequest {
  struct Tensor {};
  std::function<void(std::exception_ptr)> callback;
  void set_callback(std::function<void(std::exception_ptr)> next) { callback = std::move(next); }
  void start_async() { callback(nullptr); }
  void cancel() {}
  Tensor get_input_tensor(std::size_t) { return {}; }
  void set_input_tensor(std::size_t, Tensor) {}
  Tensor get_output_tensor(std::size_t) { return {}; }
};
[[maybe_unused]] NullRequest::Tensor copy_of(NullRequest::Tensor) { return {}; }
[[maybe_unused]] std::size_t output_count(const NullRequest&) { return 0; }

struct Row {
  std::string name;
  std::function<void()> run;
  double per_item;           // items of one run, to divide by
  std::vector<double> us{};  // of each round, per item
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(std::vector<Row>& rows, int rounds) {
  for (Row& row : rows) row.run();  // warm-up
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Row& row = rows[(i + static_cast<std::size_t>(round)) % rows.size()];
      const auto begin = Clock::now();
      row.run();
      row.us.push_back(1e3 * inflight::milliseconds_between(begin, Clock::now()) / row.per_item);
    }
  }
}

void print_ratio(const Row& row, const Row& base) {
  std::vector<double> ratios;
  ratios.reserve(row.us.size());
  for (std::size_t i = 0; i < row.us.size(); ++i) ratios.push_back(row.us[i] / base.us[i]);
  std::sort(ratios.begin(), ratios.end());
  const std::size_t n = ratios.size();
  fmt::print("  {:<34} {:>8.2f} us   {:.3f} [{:.3f}..{:.3f}] of {}\n", row.name, median(row.us), ratios[n / 2],
             ratios[n / 4], ratios[n - 1 - n / 4], base.name);
}

void bench_model(const Options& options) {
  ov::Core core;
  const auto model = options.model.empty() ? one_operation_model() : core.read_model(options.model);
  ov::CompiledModel compiled =
      core.compile_model(model, "CPU", ov::hint::performance_mode(ov::hint::PerformanceMode::THROUGHPUT));
  HandWritten hand(compiled, options.requests);
  AsyncInferQueue<long> queue(compiled, {.requests = options.requests});
  AsyncInferQueue<long> ordered(compiled, {.requests = options.requests, .order = Order::as_submitted});
  AsyncInferQueue<long> ordered8(compiled, {.requests = 8, .order = Order::as_submitted});
  AsyncInferQueue<long> queue8(compiled, {.requests = 8});
  for (auto* each : {&queue, &ordered, &ordered8, &queue8}) {
    each->set_callback([](const AsyncInferQueue<long>::Result&) {});
  }
  const long n = options.items;
  const auto items = static_cast<double>(n);
  std::vector<Row> rows{
      {"by hand", [&] { hand.run(n); }, items},
      {"by hand, again (A/A)", [&] { hand.run(n); }, items},
      {"queue", [&] { run_queue(queue, n, 1); }, items},
      {"queue, ordered", [&] { run_queue(ordered, n, 1); }, items},
      {"queue, again (A/A)", [&] { run_queue(queue, n, 1); }, items},
      {"queue, 8 requests", [&] { run_queue(queue8, n, 1); }, items},
      {"queue, 8 requests, ordered", [&] { run_queue(ordered8, n, 1); }, items},
      {"queue, restarts in the callback", [&] { run_restarts(queue, n); }, items},
  };
  const std::size_t first_producers = rows.size();
  if (options.model.empty()) {
    for (const int producers : {2, 4, 8, 16}) {
      rows.push_back(
          {fmt::format("queue, {} producers", producers), [&, producers] { run_queue(queue, n, producers); }, items});
    }
  }
  measure(rows, options.rounds);
  fmt::print("{}, {} requests, {} rounds of {} items; median, and median ratio [quartiles]\n",
             options.model.empty() ? "one-operation model" : options.model, options.requests, options.rounds, n);
  for (std::size_t i = 1; i < first_producers; ++i) print_ratio(rows[i], rows[0]);
  print_ratio(rows[3], rows[2]);
  print_ratio(rows[6], rows[5]);
  if (first_producers == rows.size()) return;
  double best = median(rows[2].us);
  double worst = best;
  for (std::size_t i = first_producers; i < rows.size(); ++i) {
    print_ratio(rows[i], rows[2]);
    best = std::min(best, median(rows[i].us));
    worst = std::max(worst, median(rows[i].us));
  }
  fmt::print("  1 to 16 producers, worst against best rate: {:.2f}\n", best / worst);
}

void bench_null(const Options& options) {
  std::vector<NullRequest> bare(1);
  std::atomic<long> sum = 0;
  bare[0].set_callback([&](const std::exception_ptr&) { sum.fetch_add(1, std::memory_order_relaxed); });
  AsyncInferQueue<long, NullRequest> queue(std::vector<NullRequest>(4));
  queue.set_callback(
      [&](const inflight::BasicResult<long, NullRequest>&) { sum.fetch_add(1, std::memory_order_relaxed); });
  const long n = 1'000'000;
  const auto items = static_cast<double>(n);
  const auto fill = [](const inflight::BasicInputs<NullRequest>&) {};
  std::vector<Row> rows{
      {"five clock reads",
       [&] {
         for (long i = 0; i < 5 * n; ++i)
           sum.fetch_add(Clock::now().time_since_epoch().count() & 1, std::memory_order_relaxed);
       },
       items},
      {"null request, bare",
       [&] {
         for (long i = 0; i < n; ++i) bare[0].start_async();
       },
       items},
      {"null request, queue",
       [&] {
         for (long i = 0; i < n; ++i) queue.start_async(fill, i);
       },
       items},
  };
  measure(rows, options.rounds);
  std::vector<double> over;
  over.reserve(rows[2].us.size());
  for (std::size_t i = 0; i < rows[2].us.size(); ++i) over.push_back(1e3 * (rows[2].us[i] - rows[0].us[i]));
  fmt::print("null request, ns per item: five clock reads {:.0f}, bare {:.0f}, queue {:.0f}; beyond the clock {:.0f}\n",
             1e3 * median(rows[0].us), 1e3 * median(rows[1].us), 1e3 * median(rows[2].us), median(over));
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  CLI::App app(
      "What AsyncInferQueue costs against a loop by hand, ordered against unordered, by producers, and itself");
  app.add_option("--model", options.model, "A model file; without one: a single addition")->check(CLI::ExistingFile);
  app.add_option("--requests", options.requests, "Requests of both")->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--rounds", options.rounds, "Interleaved rounds")->check(CLI::Range(3, 1000))->capture_default_str();
  app.add_option("--items", options.items, "Items of a run")->check(CLI::Range(16, 100'000'000))->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  bench_model(options);
  if (options.model.empty()) bench_null(options);
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_queue: {}\n", error.what());
  return 1;
}
