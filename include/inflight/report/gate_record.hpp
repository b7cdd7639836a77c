// What a gate found out: whether a figure became worse than is allowed.
#pragma once

#include <string>
#include <vector>

#include "inflight/measure/regression.hpp"

namespace inflight {

/// One figure of both sides.
struct GateFigure {
  std::string name;                     ///< "queue"
  double old_value = 0, new_value = 0;  ///< geometric means, as trimmed as the change: their ratio is it
  std::size_t old_samples = 0, new_samples = 0;
  Judgement judgement;
};

/// Exit statuses of the program belong to these.
enum class GateOutcome { passed, regressed, not_comparable, undecided };

/// What a gate found out.
struct GateRecord {
  std::string old_name, new_name;
  std::string unit;                ///< of the values: "% of ceiling", "frames/s"
  std::string samples = "rounds";  ///< what is counted: "rounds" of records, "pairs" of runs
  int most_samples = 0;            ///< more of them cannot be asked for
  double allow = 0;
  double detect = 0;  ///< what is found in 95 of 100
  double risk = 0;    ///< of each figure
  GateOutcome outcome = GateOutcome::undecided;
  bool interrupted = false;  ///< somebody stopped it before it was decided
  std::string failure;       ///< why nothing could be compared; empty: it could
  std::vector<GateFigure> figures;
  std::vector<std::string> differences;  ///< why the two are not comparable
  std::vector<std::string> notes;
};

}  // namespace inflight
