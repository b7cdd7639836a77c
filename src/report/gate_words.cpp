#include "gate_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace inflight::report {
namespace {

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

std::string names_of(const GateRecord& record, Decision decision) {
  std::string names;
  for (const auto& figure : record.figures) {
    if (figure.judgement.decision == decision) names += (names.empty() ? "" : ", ") + figure.name;
  }
  return names;
}

/// Of those that regressed: one that is undecided may look worse, and be none.
const GateFigure& worst_regression(const GateRecord& record) {
  return *std::ranges::min_element(record.figures, {}, [](const GateFigure& figure) {
    return std::pair(figure.judgement.decision != Decision::regressed, figure.judgement.change);
  });
}

}  // namespace

std::string change_text(const Judgement& judgement) {
  return fmt::format("{:+.1f} % ({:+.1f} to {:+.1f})", 100 * judgement.change, 100 * judgement.low,
                     100 * judgement.high);
}

std::string decision_text(const GateRecord& record, const GateFigure& figure) {
  switch (figure.judgement.decision) {
    case Decision::within:
      return "within " + percent(record.allow);
    case Decision::regressed:
      return "regressed";
    case Decision::undecided:
      break;
  }
  const double needed = figure.judgement.rounds_needed;
  if (needed <= record.most_samples) return fmt::format("undecided: needs {:.0f} {}", needed, record.samples);
  return fmt::format("undecided: needs more than {} {}", record.most_samples, record.samples);
}

std::string gate_headline(const GateRecord& record) {
  if (!record.failure.empty()) return "FAILED: " + record.failure;
  if (record.interrupted) return "INTERRUPTED: stopped before it was decided";
  switch (record.outcome) {
    case GateOutcome::passed:
      return fmt::format("PASSED: nothing slower by more than the {} allowed", percent(record.allow));
    case GateOutcome::regressed: {
      const auto& figure = worst_regression(record);
      return fmt::format("REGRESSION: {} changed by {}, and {} slower is allowed", figure.name,
                         change_text(figure.judgement), percent(record.allow));
    }
    case GateOutcome::not_comparable:
      return fmt::format("NOT COMPARABLE: {}", fmt::join(record.differences, "; "));
    case GateOutcome::undecided:
      break;
  }
  double most = 0;
  for (const auto& figure : record.figures) {
    if (figure.judgement.decision == Decision::undecided) most = std::max(most, figure.judgement.rounds_needed);
  }
  const auto names = names_of(record, Decision::undecided);
  const auto what = names.empty() ? std::string() : " (" + names + ")";
  if (most > record.most_samples) {
    return fmt::format(
        "UNDECIDED{}: this machine cannot show it with {} allowed, as it would take more than {} {}; measure on a "
        "quieter machine, or give a larger --allow",
        what, percent(record.allow), record.most_samples, record.samples);
  }
  if (most == 0) return fmt::format("UNDECIDED: too few {} were measured", record.samples);
  return fmt::format("UNDECIDED{}: it would take about {:.0f} {}", what, most, record.samples);
}

std::string gate_method(const GateRecord& record) {
  return fmt::format(
      "A change is that of the speed, from old to new, with its interval in brackets; below 0 is slower. "
      "It is a regression when the whole interval is beyond the {} allowed; the risk that this is false is {:.2g} % "
      "for each figure. "
      "Passed means that one of {} would have been found in 95 of 100 cases.",
      percent(record.allow), 100 * record.risk, percent(record.detect));
}

}  // namespace inflight::report
