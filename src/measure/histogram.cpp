#include "inflight/measure/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace inflight {

// Values with the same highest bit share 128 buckets of equal width, so that a bucket is never wider than 1/128 of the
// values in it. Below 256 each value has a bucket of its own.
std::size_t Histogram::bucket_of(std::uint64_t value) noexcept {
  const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - (sub_bits + 1));
  return (static_cast<std::size_t>(shift) << sub_bits) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t Histogram::upper_edge(std::size_t bucket) noexcept {
  constexpr std::size_t sub_buckets = std::size_t{1} << sub_bits;
  if (bucket < 2 * sub_buckets) return bucket;
  const auto shift = (bucket >> sub_bits) - 1;
  const std::uint64_t leading = sub_buckets + bucket % sub_buckets;
  return ((leading + 1) << shift) - 1;
}

void Histogram::record(std::chrono::nanoseconds duration) noexcept {
  ++counts_[bucket_of(static_cast<std::uint64_t>(std::max<std::chrono::nanoseconds::rep>(0, duration.count())))];
  ++count_;
}

void Histogram::merge(const Histogram& other) noexcept {
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) counts_[bucket] += other.counts_[bucket];
  count_ += other.count_;
}

std::chrono::nanoseconds Histogram::percentile(double fraction) const noexcept {
  if (count_ == 0) return {};
  // Written so that NaN asks for the smallest; and 0.07 * 100, which is a little more than 7, is to mean the 7th.
  const double share = fraction > 0 ? std::min(fraction, 1.0) : 0;
  const auto wanted = static_cast<std::uint64_t>(std::max(0.0, std::ceil(share * static_cast<double>(count_) - 1e-6)));
  const auto rank = std::clamp<std::uint64_t>(wanted, 1, count_);
  std::uint64_t seen = 0;
  std::size_t bucket = 0;
  while ((seen += counts_[bucket]) < rank) ++bucket;
  return std::chrono::nanoseconds(upper_edge(bucket));
}

}  // namespace inflight
