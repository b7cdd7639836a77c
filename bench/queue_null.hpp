// A request that completes at once: what the queue itself costs, in nanoseconds.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/measure/statistics.hpp"
#include "queue_loops.hpp"
#include "rounds.hpp"

namespace inflight::bench {

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

inline void bench_null(int rounds) {
  std::vector<NullRequest> bare(1);
  std::atomic<long> sum = 0;
  bare[0].set_callback([&](const std::exception_ptr&) { sum.fetch_add(1, std::memory_order_relaxed); });
  AsyncInferQueue<long, NullRequest> queue(std::vector<NullRequest>(4));
  queue.set_callback([&](const BasicResult<long, NullRequest>&) { sum.fetch_add(1, std::memory_order_relaxed); });
  const long n = 1'000'000;
  const auto read_clock = [&] {
    for (long i = 0; i < 5 * n; ++i)
      sum.fetch_add(Clock::now().time_since_epoch().count() & 1, std::memory_order_relaxed);
  };
  const auto submit = [&] {
    for (long i = 0; i < n; ++i) ensure_accepted(queue.start_async(no_fill, i));
  };
  std::vector<Row> rows{
      row_of("five clock reads", n, read_clock),
      row_of("null request, bare", n,
             [&] {
               for (long i = 0; i < n; ++i) bare[0].start_async();
             }),
      row_of("null request, queue", n, submit),
      row_of("five clock reads, again (A/A)", n, read_clock),
      row_of("null request, queue, again (A/A)", n, submit),
  };
  measure(rows, rounds);
  std::vector<double> over;
  over.reserve(rows[2].us.size());
  for (std::size_t i = 0; i < rows[2].us.size(); ++i) over.push_back(1e3 * (rows[2].us[i] - rows[0].us[i]));
  fmt::print(
      "null request, ns per item: five clock reads {:.0f}, bare {:.0f}, queue {:.0f}; "
      "beyond the clock {:.0f}; bar: at most 100\n",
      1e3 * median_of(rows[0].us), 1e3 * median_of(rows[1].us), 1e3 * median_of(rows[2].us), median_of(over));
  print_ratio(rows[3], rows[0]);
  print_ratio(rows[4], rows[2]);
}

}  // namespace inflight::bench
