// Intervals by resampling what was measured.
#pragma once

#include <cstdint>
#include <span>

#include "inflight/measure/statistics.hpp"

namespace inflight {

/// The median with its bootstrap interval: percentiles of the medians of resamples (Efron and Tibshirani, An
/// Introduction to the Bootstrap, chapter 13), at levels expanded for few samples (Hesterberg, What Teachers Should
/// Know About the Bootstrap, 2015). `coverage` is 95 %, or what fewer than six samples can give. The same samples and
/// seed give the same interval. Throws: std::invalid_argument without samples, or for one that is not a finite number.
Interval bootstrap_interval(std::span<const double> samples, std::uint64_t seed);

/// The same of the pairwise ratios numerator[i] / denominator[i]. Throws, as `ratio_interval`, std::invalid_argument
/// also for different lengths, or a denominator that is not positive.
Interval bootstrap_ratio_interval(std::span<const double> numerator, std::span<const double> denominator,
                                  std::uint64_t seed);

/// Half the width of an interval over its median: 0.02 is "±2 %". 0 without an interval.
double relative_half_width(const Interval& interval);

}  // namespace inflight
