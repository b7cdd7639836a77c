// Whether something became slower: by two records, or by running two programs in turn.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "inflight/base/clock.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/report/gate_record.hpp"

namespace inflight {

/// Compares two records. Figures are frames/s over the ceiling of the same round: the drift of the machine, which is
/// common to both, falls out. `allow`: 0.03 for 3 %. Outcome `not_comparable` names what differs: machine, model, clip,
/// settings. Blocks: never.
GateRecord gate_records(const CompareRecord& old_record, const CompareRecord& new_record, double allow);

/// So many can be asked for.
inline constexpr int pairs_limit = 10'000;

/// How `gate_runs` goes about it.
struct GateRunsOptions {
  double allow = 0.02;
  Seconds time{600};    ///< no pair is begun that would end later
  int least_pairs = 8;  ///< what they say is looked at then, and whenever they have doubled
  int most_pairs = 64;
  std::optional<std::uint64_t> seed;  ///< of who comes first in a pair
  bool same_settings = true;          ///< both sides are asked for the same
};

/// Which of the two a run is of.
enum class GateSide { old_side, new_side };

/// Runs both sides in turn, in pairs in random order, until every figure is decided or the time is up. `run` makes one
/// comparison and gives its record. Figures are frames/s, old and new of the same pair side by side.
/// Blocks: all the while; ends soon when stop is requested, then as undecided. Throws: what `run` throws; UsageError
/// for numbers of pairs that are none.
GateRecord gate_runs(const std::function<CompareRecord(GateSide)>& run, const GateRunsOptions& options,
                     Progress& progress, const std::stop_token& stop);

}  // namespace inflight
