// What the device could do for a way if nothing but it took time, round by round.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "inflight/base/progress.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/study/way_options.hpp"
#include "prepared_inference.hpp"

namespace inflight {

class Ceiling {
 public:
  Ceiling(WayOptions options, ov::CompiledModel compiled)
      : options_(std::move(options)), compiled_(std::move(compiled)) {}

  /// Writes an input into every request and runs each once. Throws: what inference throws.
  void prepare(const PreparedInputs& inputs);

  /// One measured round of so many inferences; counts when it is kept. A stopped one: false. Throws: what inference
  /// throws.
  bool measure(std::int64_t inferences, Progress& progress, const std::stop_token& stop);
  /// Counts what was measured last.
  void keep_round() { round_fps_.push_back(fps_); }

  const WayOptions& of() const noexcept { return options_; }
  CeilingRecord record() const;

 private:
  WayOptions options_;
  ov::CompiledModel compiled_;
  std::unique_ptr<PreparedInference> inference_;
  double fps_ = 0;  // of the last round
  std::vector<double> round_fps_;
};

}  // namespace inflight
