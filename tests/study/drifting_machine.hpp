// What comparisons are like on a machine whose speed drifts, and what a gate says of them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "inflight/measure/statistics.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/report/gate_record.hpp"

namespace inflight {

/// Comparisons on a machine whose speed drifts by a third from run to run, and scatters by a hundredth within.
class DriftingMachine {
 public:
  CompareRecord compare(double queue_speed, int rounds = 12) {
    CompareRecord record;
    record.machine.cpu = "a CPU";
    record.machine.cores = 2;
    record.machine.memory = 8'000'000'000;
    record.machine.model_sha256 = "m";
    record.machine.clip_sha256 = "c";
    record.preprocess = "fast";
    record.outputs_equal = true;
    record.frames_compared = 100;
    record.rounds.done = rounds;
    record.rounds.frames_per_round = record.rounds.unique_frames = 100;
    record.load.known = true;
    for (const auto& [name, level] : {std::pair{"sync", 350.0}, std::pair{"queue", 800 * queue_speed}}) {
      // What a machine does to one inference over all its cores, it does not do to many side by side.
      const double speed = std::exp(0.3 * normal_(random_));
      const auto rounds_at = [&](double fps) {
        std::vector<double> all;
        for (int i = 0; i < rounds; ++i) all.push_back(fps * speed * std::exp(0.01 * normal_(random_)));
        return all;
      };
      WayRecord way;
      way.name = name;
      way.frames = 100 * rounds;
      way.round_fps = rounds_at(level);
      way.ceiling.requests = 4;
      way.ceiling.round_fps = rounds_at(900);
      way.fps = median_interval(way.round_fps);
      record.ways.push_back(way);
    }
    return record;
  }

 private:
  std::mt19937_64 random_{5};
  std::normal_distribution<double> normal_;
};

inline void expect_values_that_show_the_change(const GateRecord& record) {
  ASSERT_FALSE(record.figures.empty());
  for (const GateFigure& figure : record.figures) {
    EXPECT_NEAR(figure.new_value / figure.old_value - 1, figure.judgement.change, 1e-9) << figure.name;
  }
}

}  // namespace inflight
