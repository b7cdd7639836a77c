// Whether a figure became worse by more than is allowed, and how sure that is.
#pragma once

#include <cstddef>
#include <span>

namespace inflight {

/// How a figure changed: the logarithm of new over old, of which positive is better.
struct Change {
  double estimate = 0;
  double error = 0;        ///< standard error that more rounds make smaller
  double fixed = 0;        ///< standard error that they do not: what differs between two runs of the same
  double bias = 0;         ///< that the estimate may be wrong by in addition, either way
  double degrees = 1;      ///< of freedom, of Student's t
  std::size_t rounds = 0;  ///< or pairs; the fewer of both
  double old_value = 0;    ///< the geometric mean of what the estimate is of
  double new_value = 0;    ///< likewise: the logarithm of new over old is the estimate
};

/// What was measured side by side, pair by pair: a trimmed mean of the logarithms of the ratios, a fifth left out at
/// each end, with the standard error of Tukey and McLaughlin (Wilcox, Introduction to Robust Estimation and Hypothesis
/// Testing). Throws, as all here: std::invalid_argument for fewer than 3 values, different lengths, or values that are
/// not positive numbers.
Change paired_change(std::span<const double> old_values, std::span<const double> new_values);

/// What was measured in two runs: Yuen's comparison of trimmed means. `between_runs`: the standard deviation of the
/// logarithm from one run to another of the same thing.
Change unpaired_change(std::span<const double> old_values, std::span<const double> new_values, double between_runs);

/// What can be said of a change.
enum class Decision {
  within,     ///< no sign of it, and what is much worse would have been found
  regressed,  ///< worse by more than is allowed
  undecided,  ///< looks worse and may not be, or what is much worse could have been missed
};

/// What was decided, and from which figures.
struct Judgement {
  Decision decision = Decision::undecided;
  double change = 0, low = 0, high = 0;  ///< relative: -0.05 is 5 % worse
  double rounds_needed = 0;              ///< or pairs, when undecided: about so many; infinity: no number would tell
};

/// What is asked of a judgement; 0.03 is 3 %.
struct Allowance {
  double allow = 0.03;   ///< so much worse is no regression
  double detect = 0.10;  ///< so much worse is found in 95 of 100; where that cannot be, it is undecided
  double risk = 0.01;    ///< the probability of calling what is just allowed a regression
};

/// Whether a change is worse than is allowed. Throws: nothing.
Judgement judge(const Change& change, const Allowance& allowance);

}  // namespace inflight
