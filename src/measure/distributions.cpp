#include "distributions.hpp"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <numeric>

namespace inflight {
namespace {

/// The continued fraction of the incomplete beta function, by Lentz's method (Abramowitz and Stegun 26.5.8).
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300, precision = 1e-15;
  constexpr int most = 500;
  const auto away_from_zero = [](double value) { return std::abs(value) < tiny ? tiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), result = d;
  for (int i = 1; i < most; ++i) {
    const double m = i, two = 2 * m;
    for (const double term :
         {m * (b - m) * x / ((a + two - 1) * (a + two)), -(a + m) * (a + b + m) * x / ((a + two) * (a + two + 1))}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      result *= c * d;
    }
    if (std::abs(c * d - 1) < precision) break;
  }
  return result;
}

double log_gamma(double x) {
  int sign = 0;  // std::lgamma writes a global
  return ::lgamma_r(x, &sign);
}

/// The regularised incomplete beta function.
double beta_probability(double a, double b, double x) {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const double front = std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

}  // namespace

double normal_probability(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }

double student_probability(double x, double degrees) {
  const double tail = beta_probability(degrees / 2, 0.5, degrees / (degrees + x * x)) / 2;
  return x > 0 ? 1 - tail : tail;
}

double student_quantile(double probability, double degrees) {
  if (probability > 0.5) return -student_quantile(1 - probability, degrees);  // small tails are the precise ones
  double low = -1, high = 0;
  while (student_probability(low, degrees) > probability && low > -std::numeric_limits<float>::max()) low *= 2;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = std::midpoint(low, high);
    (student_probability(middle, degrees) < probability ? low : high) = middle;
  }
  return std::midpoint(low, high);
}

}  // namespace inflight
