#include "inflight/study/gate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "comparable.hpp"
#include "inflight/base/error.hpp"
#include "inflight/study/compare.hpp"
#include "rounds.hpp"

namespace inflight {
namespace {

// Of all figures together: the same against itself is called a regression at most so often.
constexpr double risk_in_all = 0.01;
// Standard deviation, from run to run of the same thing on the same machine, of the logarithm of a normalised figure.
constexpr double between_runs = 0.01;
// What lies so far beyond the allowance is found in 95 of 100, or the gate is undecided.
constexpr double beyond_for_records = 0.07, beyond_for_runs = 0.03;
// What decides needs that many.
constexpr std::size_t fewest_samples = 3;

GateOutcome outcome_of(const std::vector<GateFigure>& figures) {
  const auto any = [&](Decision decision) {
    return std::ranges::any_of(figures, [&](const GateFigure& one) { return one.judgement.decision == decision; });
  };
  if (any(Decision::regressed)) return GateOutcome::regressed;
  return figures.empty() || any(Decision::undecided) ? GateOutcome::undecided : GateOutcome::passed;
}

/// frames/s over the way's ceiling of the same round.
std::vector<double> normalised(const WayRecord& way) {
  std::vector<double> values;
  const auto rounds = std::min(way.round_fps.size(), way.ceiling.round_fps.size());
  values.reserve(rounds);
  for (std::size_t i = 0; i < rounds; ++i) values.push_back(way.round_fps[i] / way.ceiling.round_fps[i]);
  return values;
}

/// How far a normalised figure may be off because other load on the machine was not the same: the ceiling, which uses
/// all cores, loses the whole share that others took, and a way that leaves cores idle as little as nothing.
double bias_by_load(const CompareRecord& old_record, const CompareRecord& new_record) {
  if (!old_record.load.known || !new_record.load.known) return 0;
  const auto taken = [](const CompareRecord& record) {
    constexpr double of_no_account = 0.05;
    return std::max(0.0, record.load.others + record.load.stolen - of_no_account);
  };
  return std::abs(taken(old_record) - taken(new_record)) / std::max(1, new_record.machine.cores);
}

bool has_ceilings(const CompareRecord& record) {
  return std::ranges::none_of(record.ways, [](const WayRecord& way) { return way.ceiling.requests == 0; });
}

const WayRecord& way_of(const CompareRecord& record, const std::string& name) {
  return *std::ranges::find(record.ways, name, &WayRecord::name);
}

}  // namespace

GateRecord gate_records(const CompareRecord& old_record, const CompareRecord& new_record, double allow) {
  GateRecord record;
  record.unit = "% of ceiling";
  record.most_samples = rounds_limit;
  record.allow = allow;
  record.detect = allow + beyond_for_records;
  record.notes = remarks(old_record, new_record);
  record.differences = differences(old_record, new_record, true);
  if (!has_ceilings(old_record) || !has_ceilings(new_record)) record.differences.push_back("no ceiling was measured");
  if (!record.differences.empty()) {
    record.outcome = GateOutcome::not_comparable;
    return record;
  }
  record.risk = risk_in_all / static_cast<double>(old_record.ways.size());
  const double bias = bias_by_load(old_record, new_record);
  if (bias > 0) {
    record.notes.push_back(
        fmt::format("other load on the machine was not the same: all intervals are wider by {:.1f} %", 100 * bias));
  }
  for (const WayRecord& way : old_record.ways) {
    const auto before = normalised(way);
    const auto after = normalised(way_of(new_record, way.name));
    if (std::min(before.size(), after.size()) < fewest_samples) {
      record.notes.push_back(fmt::format("{}: {} and {} rounds decide nothing; measure at least 7", way.name,
                                         before.size(), after.size()));
      record.figures.clear();
      break;
    }
    Change change = unpaired_change(before, after, between_runs);
    change.bias = bias;
    record.figures.push_back({.name = way.name,
                              .old_value = 100 * change.old_value,
                              .new_value = 100 * change.new_value,
                              .old_samples = before.size(),
                              .new_samples = after.size(),
                              .judgement = judge(change, {record.allow, record.detect, record.risk})});
  }
  record.outcome = outcome_of(record.figures);
  return record;
}

namespace {

/// The records of pairs of runs, and what they say.
class Pairs {
 public:
  /// `looks`: so often it may be asked to judge.
  Pairs(const GateRunsOptions& options, int looks) : options_(options), looks_(looks) {
    record_.allow = options.allow;
    record_.detect = options.allow + beyond_for_runs;
    record_.unit = "frames/s";
    record_.samples = "pairs";
    record_.most_samples = pairs_limit;
  }

  void add(CompareRecord old_record, CompareRecord new_record) {
    record_.differences = differences(old_record, new_record, options_.same_settings);
    doubts_.front().add(old_record);
    doubts_.back().add(new_record);
    if (figures_.empty()) {
      record_.notes = software_remarks(old_record, new_record);
      for (const WayRecord& way : old_record.ways) figures_.push_back({way.name, {}, {}});
    }
    if (!record_.differences.empty()) return;
    for (Figure& figure : figures_) {
      for (const auto& [record, values] :
           {std::pair{&old_record, &figure.before}, std::pair{&new_record, &figure.after}}) {
        const auto way = std::ranges::find(record->ways, figure.name, &WayRecord::name);
        if (way != record->ways.end() && way->fps.median > 0) values->push_back(way->fps.median);
      }
    }
  }

  bool comparable() const { return record_.differences.empty(); }
  std::size_t size() const { return figures_.empty() ? 0 : figures_.front().before.size(); }

  GateRecord judged() const {
    GateRecord record = record_;
    for (const Doubts& side : doubts_) {
      if (side.runs > 0)
        record.notes.push_back(fmt::format("{} of the runs of {} are doubtful: {}", side.runs, side.name, side.reason));
    }
    if (!comparable()) {
      record.outcome = GateOutcome::not_comparable;
      return record;
    }
    if (size() < fewest_samples) return record;
    record.risk = risk_in_all / static_cast<double>(figures_.size());
    for (const Figure& figure : figures_) {
      const Change change = paired_change(figure.before, figure.after);
      record.figures.push_back({.name = figure.name,
                                .old_value = change.old_value,
                                .new_value = change.new_value,
                                .old_samples = figure.before.size(),
                                .new_samples = figure.after.size(),
                                .judgement = judge(change, {record.allow, record.detect, record.risk / looks_})});
    }
    record.outcome = outcome_of(record.figures);
    return record;
  }

 private:
  struct Figure {
    std::string name;
    std::vector<double> before, after;
  };

  /// Runs of a side that speak against themselves; that they have few rounds is the gate's own wish.
  struct Doubts {
    const char* name;
    int runs = 0;
    std::string reason{};  ///< of the first

    void add(const CompareRecord& record) {
      const auto doubt = std::ranges::find_if_not(
          record.reasons, [](const std::string& text) { return text.starts_with(too_few_rounds); });
      if (doubt == record.reasons.end()) return;
      if (runs++ == 0) reason = *doubt;
    }
  };

  const GateRunsOptions& options_;
  int looks_;
  GateRecord record_;
  std::vector<Figure> figures_;
  std::array<Doubts, 2> doubts_{{{"old"}, {"new"}}};
};

/// Whether the pairs are looked at now: at the fewest, and whenever they have doubled, so that there are few looks.
/// Each is a chance of a false alarm, however large the noise.
bool is_look(int pairs, const GateRunsOptions& options) {
  int look = options.least_pairs;
  while (look < pairs) look *= 2;
  return look == pairs;
}

int looks(const GateRunsOptions& options) {
  int count = 1;
  for (int look = options.least_pairs; look < options.most_pairs; look *= 2) ++count;
  return count;
}

}  // namespace

GateRecord gate_runs(const std::function<CompareRecord(GateSide)>& run, const GateRunsOptions& options,
                     Progress& progress, const std::stop_token& stop) {
  if (options.least_pairs < 1 || options.most_pairs < options.least_pairs) {
    throw UsageError(fmt::format("a gate of {} to {} pairs; give at least 1, and no more at least than at most",
                                 options.least_pairs, options.most_pairs));
  }
  std::mt19937_64 random(options.seed.value_or(std::random_device()()));
  Pairs pairs(options, looks(options));
  const TimePoint began = Clock::now();
  for (int now = 1; now <= options.most_pairs && !stop.stop_requested(); ++now) {
    progress.begin(fmt::format("pair {} of {} to {}", now, options.least_pairs, options.most_pairs), 0);
    const bool old_first = (random() >> 63) == 0;
    CompareRecord first = run(old_first ? GateSide::old_side : GateSide::new_side);
    if (stop.stop_requested()) break;
    CompareRecord second = run(old_first ? GateSide::new_side : GateSide::old_side);
    if (stop.stop_requested()) break;
    if (!old_first) std::swap(first, second);
    pairs.add(std::move(first), std::move(second));
    if (!pairs.comparable()) break;
    if (is_look(now, options) && pairs.judged().outcome != GateOutcome::undecided) break;
    const Seconds elapsed = Clock::now() - began;
    if (elapsed + elapsed / now > options.time) break;
  }
  GateRecord record = pairs.judged();
  record.interrupted = stop.stop_requested();
  if (record.interrupted) {
    record.outcome = GateOutcome::undecided;
  } else if (pairs.comparable() && pairs.size() < fewest_samples) {
    record.notes.push_back(fmt::format("of pairs of runs, {} are the least; give more --time", fewest_samples));
  }
  return record;
}

}  // namespace inflight
