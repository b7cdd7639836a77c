// How often the gate is right: draws records from the rounds of real ones, and judges them.
//
// Two records of the same thing come from two real runs, so that what differs from run to run is in them; the rounds of
// each are drawn with replacement. A planted slowdown divides the frames/s of all ways, not of their ceilings.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "inflight/measure/statistics.hpp"
#include "inflight/report/compare_reader.hpp"
#include "inflight/study/gate.hpp"

namespace {

using namespace inflight;

class Resampler {
 public:
  Resampler(std::vector<CompareRecord> records, std::uint64_t seed) : records_(std::move(records)), random_(seed) {}

  const CompareRecord& any() { return records_[below(records_.size())]; }

  /// So many rounds of a record, all ways and the ceiling of the same round together.
  CompareRecord draw(const CompareRecord& from, std::size_t rounds, double slowdown) {
    CompareRecord record = from;
    record.like_for_like.clear();
    for (WayRecord& way : record.ways) {
      way.round_fps.clear();
      way.ceiling.round_fps.clear();
    }
    for (std::size_t i = 0; i < rounds; ++i) {
      const std::size_t round = below(from.ceiling.round_fps.size());
      for (std::size_t w = 0; w < record.ways.size(); ++w) {
        record.ways[w].round_fps.push_back(from.ways[w].round_fps[round] / (1 + slowdown));
        record.ways[w].ceiling.round_fps.push_back(from.ways[w].ceiling.round_fps[round]);
      }
    }
    for (WayRecord& way : record.ways) way.fps = median_interval(way.round_fps);
    record.rounds.done = static_cast<int>(rounds);
    return record;
  }

  /// Two rounds that followed each other: what a pair of runs would have met.
  std::pair<CompareRecord, CompareRecord> pair(std::size_t rounds, double slowdown) {
    const CompareRecord& from = any();
    CompareRecord before = from, after = from;
    const bool swapped = below(2) == 1;
    const std::size_t begin = below(from.ceiling.round_fps.size() - 2 * rounds + 1);
    for (std::size_t w = 0; w < from.ways.size(); ++w) {
      const auto at = from.ways[w].round_fps.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto middle = at + static_cast<std::ptrdiff_t>(rounds), end = middle + static_cast<std::ptrdiff_t>(rounds);
      before.ways[w].round_fps.assign(at, middle);
      after.ways[w].round_fps.assign(middle, end);
      if (swapped) std::swap(before.ways[w].round_fps, after.ways[w].round_fps);
      for (double& fps : after.ways[w].round_fps) fps /= 1 + slowdown;
      before.ways[w].fps = median_interval(before.ways[w].round_fps);
      after.ways[w].fps = median_interval(after.ways[w].round_fps);
    }
    return {std::move(before), std::move(after)};
  }

  std::uint64_t seed() { return random_(); }

 private:
  std::size_t below(std::size_t size) {
    return static_cast<std::size_t>(((random_() >> 32) * static_cast<std::uint64_t>(size)) >> 32);
  }

  std::vector<CompareRecord> records_;
  std::mt19937_64 random_;
};

struct Counts {
  int regressed = 0, passed = 0, undecided = 0;

  void add(GateOutcome outcome) {
    regressed += outcome == GateOutcome::regressed;
    passed += outcome == GateOutcome::passed;
    undecided += outcome == GateOutcome::undecided || outcome == GateOutcome::not_comparable;
  }
};

void print(const char* mode, double slowdown, std::size_t rounds, int trials, const Counts& counts) {
  fmt::print(
      "{{\"mode\":\"{}\",\"slowdown\":{},\"rounds\":{},\"trials\":{},\"regressed\":{},\"passed\":{},\"undecided\":{}}}"
      "\n",
      mode, slowdown, rounds, trials, counts.regressed, counts.passed, counts.undecided);
}

std::vector<CompareRecord> read_all(const std::vector<std::string>& files) {
  std::vector<CompareRecord> records;
  for (const std::string& name : files) {
    std::ifstream file(name, std::ios::binary);
    records.push_back(read_compare_json({std::istreambuf_iterator<char>(file), {}}, name));
    records.back().load = {};  // the rounds as they are
  }
  return records;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app("How often the gate is right, by resampling the rounds of records");
  std::vector<std::string> files;
  int trials = 1000;
  std::size_t rounds = 12, pairs = 64;
  double allow = 0.03, allow_runs = 0.02;
  std::uint64_t seed = 1;
  app.add_option("records", files, "Of inflight compare --json")->required();
  app.add_option("--trials", trials)->capture_default_str();
  app.add_option("--rounds", rounds, "Of each record that is drawn")->capture_default_str();
  app.add_option("--pairs", pairs, "At most, run against run")->capture_default_str();
  app.add_option("--allow", allow)->capture_default_str();
  app.add_option("--allow-runs", allow_runs)->capture_default_str();
  app.add_option("--seed", seed)->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  Resampler resampler(read_all(files), seed);
  for (const double slowdown : {0.0, 0.05, 0.10}) {
    Counts counts;
    for (int i = 0; i < trials; ++i) {
      const CompareRecord &one = resampler.any(), &other = resampler.any();
      counts.add(gate_records(resampler.draw(one, rounds, 0), resampler.draw(other, rounds, slowdown), allow).outcome);
    }
    print("records", slowdown, rounds, trials, counts);
  }
  constexpr std::size_t rounds_of_a_run = 3;
  for (const double slowdown : {0.0, 0.05}) {
    Counts counts;
    for (int i = 0; i < trials; ++i) {
      std::pair<CompareRecord, CompareRecord> pair;
      std::size_t runs = 0;
      Progress progress;
      std::stop_source stop;
      const auto outcome = gate_runs(
          [&](GateSide side) {
            if (runs++ % 2 == 0) pair = resampler.pair(rounds_of_a_run, slowdown);
            return side == GateSide::old_side ? pair.first : pair.second;
          },
          {.allow = allow_runs, .time = Seconds(1e9), .most_pairs = static_cast<int>(pairs), .seed = resampler.seed()},
          progress, stop.get_token());
      counts.add(outcome.outcome);
    }
    print("runs", slowdown, pairs, trials, counts);
  }
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}
