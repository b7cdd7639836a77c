// All that take turns in a round: the ways at their best, the ways like for like, the ceilings.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "ceiling.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/study/compare.hpp"
#include "way.hpp"
#include "way_pipeline.hpp"

namespace inflight {

class Contestants {
 public:
  /// Opens the clip from its start.
  using Open = std::function<std::unique_ptr<FrameSource>()>;

  /// Compiles for each; when stop is requested, for no further one. A way that is at its best as the queue is compiled
  /// takes one turn for both tables. Throws: as `compile`; UsageError for an unknown name.
  Contestants(const CompareOptions& options, CompiledModels& compiled, const ImageModel& model, Progress& progress,
              const std::stop_token& stop);

  /// Those that run through the clip; the first is the first one asked for.
  const std::vector<std::unique_ptr<Way>>& ways() const noexcept { return ways_; }
  /// Their turns, and those of the ceilings.
  std::size_t turns() const noexcept { return ways_.size() + ceilings_.size(); }
  std::string name_of(std::size_t turn) const;

  /// Every request once. Ends when stop is requested.
  void warm_up(const ImageModel& model, const Open& open, Progress& progress, const std::stop_token& stop);

  /// One turn of a measured round, which counts when the round is kept. False when it was stopped, or the clip gives no
  /// frame.
  bool take_turn(std::size_t turn, std::int64_t frames, const Open& open, const std::vector<AddedWork>& added,
                 Progress& progress, const std::stop_token& stop);

  /// Counts the turns of a round, after all of them: a round counts whole or not at all.
  void keep_round();

  /// Half the widest interval of a ratio to sync over its median; of frames/s where there is no ratio.
  double widest_interval(std::uint64_t seed) const;

  std::vector<WayFindings> findings() const;
  /// Both tables and the ceilings.
  void tell(std::uint64_t seed, CompareRecord& record) const;

 private:
  struct Entry {
    std::string name;
    std::size_t way;                     // in ways_
    std::optional<std::size_t> ceiling;  // in ceilings_
  };
  void add(const WayOptions& options, CompiledModels& compiled, const ImageModel& model, float threshold,
           std::vector<Entry>& table);
  std::size_t ceiling_of(const WayOptions& options, CompiledModels& compiled);
  std::vector<WayRecord> table_of(const std::vector<Entry>& entries, std::uint64_t seed) const;
  bool is_alike_only(std::size_t way) const;

  std::vector<std::unique_ptr<Way>> ways_;
  std::vector<Entry> best_, alike_;
  std::vector<Ceiling> ceilings_;  // the first is the device's, for its queue
};

}  // namespace inflight
