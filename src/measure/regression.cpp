#include "inflight/measure/regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "distributions.hpp"

namespace inflight {
namespace {

constexpr double trimmed_share = 0.2;
// Degrees of freedom of the deviation between runs: of about so many runs it was estimated.
constexpr double degrees_between_runs = 30;

struct TrimmedMean {
  double mean = 0;
  double variance = 0;  // of the mean
  double degrees = 1;
};

double log_of(double value) {
  if (!(value > 0) || !std::isfinite(value)) throw std::invalid_argument("a figure is not a positive number");
  return std::log(value);
}

/// So many are left out at each end.
std::size_t cut_of(std::size_t count) { return static_cast<std::size_t>(trimmed_share * static_cast<double>(count)); }

TrimmedMean trimmed_mean(std::vector<double> values) {
  if (values.size() < 3) throw std::invalid_argument("a comparison needs at least three rounds");
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  const std::size_t cut = cut_of(values.size());
  const auto kept = n - 2 * static_cast<double>(cut);
  double sum = 0;
  for (std::size_t i = cut; i < values.size() - cut; ++i) sum += values[i];
  // Winsorised: what is left out counts as the last that is kept.
  double winsorised_sum = 0, squares = 0;
  const auto winsorised = [&](std::size_t i) { return values[std::clamp(i, cut, values.size() - 1 - cut)]; };
  for (std::size_t i = 0; i < values.size(); ++i) winsorised_sum += winsorised(i);
  for (std::size_t i = 0; i < values.size(); ++i) squares += std::pow(winsorised(i) - winsorised_sum / n, 2);
  return {sum / kept, squares / (kept * (kept - 1)), kept - 1};
}

std::vector<double> logarithms(std::span<const double> values) {
  std::vector<double> result;
  for (const double value : values) result.push_back(log_of(value));
  return result;
}

/// The geometric mean of the old values of the pairs whose ratios are kept.
double old_value_of_kept(std::span<const double> old_values, std::span<const double> ratios) {
  std::vector<std::size_t> order(ratios.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return ratios[i]; });
  const std::size_t cut = cut_of(order.size());
  const auto kept = std::span(order).subspan(cut, order.size() - 2 * cut);
  double sum = 0;
  for (const std::size_t i : kept) sum += log_of(old_values[i]);
  return std::exp(sum / static_cast<double>(kept.size()));
}

/// As many rounds as it takes for the whole error to be `target`.
double rounds_for(const Change& change, double target) {
  const double room = target * target - change.fixed * change.fixed;
  if (room <= 0) return std::numeric_limits<double>::infinity();
  return std::ceil(static_cast<double>(change.rounds) * change.error * change.error / room);
}

}  // namespace

Change paired_change(std::span<const double> old_values, std::span<const double> new_values) {
  if (old_values.size() != new_values.size()) throw std::invalid_argument("a comparison needs pairs");
  std::vector<double> ratios;
  ratios.reserve(old_values.size());
  for (std::size_t i = 0; i < old_values.size(); ++i) ratios.push_back(log_of(new_values[i]) - log_of(old_values[i]));
  const TrimmedMean mean = trimmed_mean(ratios);
  const double old_value = old_value_of_kept(old_values, ratios);
  return {.estimate = mean.mean,
          .error = std::sqrt(mean.variance),
          .degrees = mean.degrees,
          .rounds = old_values.size(),
          .old_value = old_value,
          .new_value = old_value * std::exp(mean.mean)};
}

Change unpaired_change(std::span<const double> old_values, std::span<const double> new_values, double between_runs) {
  const TrimmedMean before = trimmed_mean(logarithms(old_values)), after = trimmed_mean(logarithms(new_values));
  const double within = before.variance + after.variance, between = 2 * between_runs * between_runs;
  // Welch's and Satterthwaite's degrees of freedom, of all that the variance is made of.
  const double divisor = std::pow(before.variance, 2) / before.degrees + std::pow(after.variance, 2) / after.degrees +
                         between * between / degrees_between_runs;
  return {.estimate = after.mean - before.mean,
          .error = std::sqrt(within),
          .fixed = std::sqrt(between),
          .degrees = divisor > 0 ? std::max(1.0, std::pow(within + between, 2) / divisor) : degrees_between_runs,
          .rounds = std::min(old_values.size(), new_values.size()),
          .old_value = std::exp(before.mean),
          .new_value = std::exp(after.mean)};
}

Judgement judge(const Change& change, const Allowance& allowance) {
  constexpr double in_95_of_100 = 1.645, in_4_of_5 = 0.84;  // normal quantiles
  const double quantile = student_quantile(1 - allowance.risk, change.degrees);
  const double error = std::hypot(change.error, change.fixed);
  const double reach = quantile * error + change.bias;
  const double allowed = std::log1p(-allowance.allow), detected = std::log1p(-allowance.detect);
  const double below = allowed - change.estimate;  // positive: beyond what is allowed
  Judgement judgement{.decision = Decision::undecided,
                      .change = std::expm1(change.estimate),
                      .low = std::expm1(change.estimate - reach),
                      .high = std::expm1(change.estimate + reach)};
  if (below > reach) {
    judgement.decision = Decision::regressed;
  } else if (-below >= reach || (below <= 0 && reach + in_95_of_100 * error <= allowed - detected)) {
    judgement.decision = Decision::within;
  } else {
    // For the interval to end before the allowance, at the same estimate, in four of five repetitions; or to find what
    // is to be found.
    const double target = below > 0 ? (below - change.bias) / (quantile + in_4_of_5)
                                    : (allowed - detected - change.bias) / (quantile + in_95_of_100);
    judgement.rounds_needed = target > 0 ? rounds_for(change, target) : std::numeric_limits<double>::infinity();
  }
  return judgement;
}

}  // namespace inflight
