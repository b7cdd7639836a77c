#include "inflight/measure/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace inflight {
namespace {

constexpr double wanted_coverage = 0.95;

std::vector<double> sorted(std::span<const double> samples) {
  if (samples.empty()) throw std::invalid_argument("a median needs at least one sample");
  if (!std::ranges::all_of(samples, [](double sample) { return std::isfinite(sample); })) {
    throw std::invalid_argument("a sample is not a finite number");
  }
  std::vector<double> result(samples.begin(), samples.end());
  std::ranges::sort(result);
  return result;
}

double middle_of(const std::vector<double>& sorted_samples) {
  const auto size = sorted_samples.size();
  return std::midpoint(sorted_samples[(size - 1) / 2], sorted_samples[size / 2]);
}

}  // namespace

double median_of(std::span<const double> samples) { return middle_of(sorted(samples)); }

Interval median_interval(std::span<const double> samples) {
  const auto values = sorted(samples);
  const auto n = static_cast<double>(values.size());

  // Each sample lies below the true median with probability 1/2. The interval from the k-th smallest to the k-th
  // largest misses it when fewer than k samples lie on one side: coverage = 1 - 2 P(Binomial(n, 1/2) < k).
  // Start with k = 1 and narrow for as long as enough is covered. In logarithms, as 2^-n underflows for n > 1074.
  double log_term = -n * std::numbers::ln2;
  double tail = std::exp(log_term);
  Interval interval{middle_of(values), values.front(), values.back(), 1 - 2 * tail};
  for (std::size_t k = 1; k < values.size() / 2; ++k) {
    const auto i = static_cast<double>(k);
    log_term += std::log((n - i + 1) / i);
    tail += std::exp(log_term);
    if (1 - 2 * tail < wanted_coverage) break;
    interval.low = values[k];
    interval.high = values[values.size() - 1 - k];
    interval.coverage = 1 - 2 * tail;
  }
  return interval;
}

Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator) {
  if (numerator.size() != denominator.size()) throw std::invalid_argument("ratios need pairs");
  if (!std::ranges::all_of(denominator, [](double value) { return value > 0; })) {
    throw std::invalid_argument("a denominator is not positive");
  }
  std::vector<double> ratios(numerator.size());
  std::ranges::transform(numerator, denominator, ratios.begin(), std::divides{});
  return median_interval(ratios);
}

}  // namespace inflight
