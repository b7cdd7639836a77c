// Numbers that hold up: medians with intervals that assume nothing about the noise.
#pragma once

#include <span>
#include <string>

namespace inflight {

/// A median and a range that holds the true median with probability `coverage`.
struct Interval {
  double median = 0;
  double low = 0;
  double high = 0;
  double coverage = 0;  ///< 0 to 1; 0 when there is nothing to tell it from (fewer than 2 samples)
};

/// Throws, like all here: std::invalid_argument without samples, or for one that is not a finite number.
double median_of(std::span<const double> samples);

/// The median with its narrowest symmetric order-statistic interval of at least 95 %; below 6 samples that cannot be
/// had, and the range from smallest to largest is given with the coverage that it has. Distribution-free: see e.g.
/// Conover, Practical Nonparametric Statistics, "confidence interval for a quantile". Samples are taken as independent.
Interval median_interval(std::span<const double> samples);

/// The interval of the pairwise ratios numerator[i] / denominator[i]: pairs measured side by side share the machine's
/// mood, so their ratio is steadier than the ratio of medians.
/// Throws: std::invalid_argument also for different lengths, or a denominator that is not positive.
Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator);

}  // namespace inflight
