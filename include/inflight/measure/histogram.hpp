// Durations in fixed memory, with percentiles.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace inflight {

/// Counts durations in buckets that are never wider than 1/128 of their value, from nanoseconds to days, after the
/// idea of HdrHistogram (Tene). Recording is a handful of instructions and allocates nothing. Thread: one at a time.
class Histogram {
 public:
  /// Counts a duration; a negative one as none.
  void record(std::chrono::nanoseconds duration) noexcept;
  /// Adds everything that `other` holds.
  void merge(const Histogram& other) noexcept;

  /// How many were recorded.
  std::uint64_t count() const noexcept { return count_; }
  /// The duration that `fraction` (0 to 1) of the recorded ones do not exceed; 0 when there are none.
  std::chrono::nanoseconds percentile(double fraction) const noexcept;

 private:
  static constexpr int sub_bits = 7;
  static constexpr std::size_t buckets = (64 - sub_bits + 1) << sub_bits;

  static std::size_t bucket_of(std::uint64_t value) noexcept;
  static std::uint64_t upper_edge(std::size_t bucket) noexcept;

  std::array<std::uint64_t, buckets> counts_{};
  std::uint64_t count_ = 0;
};

}  // namespace inflight
