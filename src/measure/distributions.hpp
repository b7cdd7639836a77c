// Distributions that intervals and tests need.
#pragma once

namespace inflight {

/// Probability that a standard normal variable is at most `x`.
double normal_probability(double x);
/// Probability that Student's t with so many degrees of freedom (1 or more, need not be whole) is at most `x`.
double student_probability(double x, double degrees);
/// The value that Student's t does not exceed with this probability, 0 to 1 without the ends.
double student_quantile(double probability, double degrees);

}  // namespace inflight
