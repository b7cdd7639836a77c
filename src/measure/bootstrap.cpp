#include "inflight/measure/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

#include "distributions.hpp"

namespace inflight {
namespace {

constexpr double wanted_coverage = 0.95;
constexpr int resamples = 10'000;

/// The medians of resamples, sorted. Indices by multiplication, so that every C++ library gives the same.
std::vector<double> resampled_medians(std::span<const double> samples, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> medians(resamples), sample(samples.size());
  const auto size = static_cast<std::uint64_t>(samples.size());
  const auto middle = static_cast<std::ptrdiff_t>(samples.size() / 2);
  for (double& median : medians) {
    for (double& value : sample) value = samples[((random() >> 32) * size) >> 32];
    std::nth_element(sample.begin(), sample.begin() + middle, sample.end());
    median = sample[samples.size() / 2];
    if (samples.size() % 2 == 0)
      median = std::midpoint(*std::max_element(sample.begin(), sample.begin() + middle), median);
  }
  std::ranges::sort(medians);
  return medians;
}

}  // namespace

Interval bootstrap_interval(std::span<const double> samples, std::uint64_t seed) {
  Interval interval = median_interval(samples);
  const auto n = static_cast<double>(samples.size());
  if (samples.size() < 2) return interval;
  // Resamples vary less than samples do, by the factor sqrt((n - 1) / n), and their percentiles are those of a normal
  // distribution where few samples ask for Student's: the level is moved out by both.
  const double reach = student_quantile((1 + wanted_coverage) / 2, n - 1) * std::sqrt(n / (n - 1));
  const double level = normal_probability(-reach);
  const auto medians = resampled_medians(samples, seed);
  const auto rank = static_cast<std::size_t>(level * resamples);
  interval.low = medians[rank];
  interval.high = medians[medians.size() - 1 - rank];
  // The range of all samples holds the median no more often than that.
  interval.coverage = std::min(wanted_coverage, 1 - std::exp2(1 - n));
  return interval;
}

Interval bootstrap_ratio_interval(std::span<const double> numerator, std::span<const double> denominator,
                                  std::uint64_t seed) {
  if (numerator.size() != denominator.size()) throw std::invalid_argument("ratios need pairs");
  if (!std::ranges::all_of(denominator, [](double value) { return value > 0; })) {
    throw std::invalid_argument("a denominator is not positive");
  }
  std::vector<double> ratios(numerator.size());
  std::ranges::transform(numerator, denominator, ratios.begin(), std::divides{});
  return bootstrap_interval(ratios, seed);
}

double relative_half_width(const Interval& interval) {
  if (interval.coverage <= 0 || !(interval.median > 0)) return 0;
  return (interval.high - interval.low) / 2 / interval.median;
}

}  // namespace inflight
