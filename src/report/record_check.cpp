#include "record_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "inflight/base/error.hpp"
#include "inflight/measure/bootstrap.hpp"

namespace inflight::report {
namespace {

class Check {
 public:
  Check(const CompareRecord& record, const std::string& name) : record_(record), name_(name) {}

  void run() const {
    if (record_.valid != record_.reasons.empty()) refuse("valid does not follow from reasons");
    for (const auto& [table, ways] :
         {std::pair{"ways", &record_.ways}, std::pair{"like_for_like", &record_.like_for_like}}) {
      const auto sync = std::ranges::find(*ways, "sync", &WayRecord::name);
      for (const WayRecord& way : *ways) {
        const std::string where = fmt::format("{}, {}", table, way.name);
        check_rounds(where, way.round_fps, way.fps);
        check_ceiling(where + ", ceiling", way.ceiling);
        check_ratio(where, way, sync == ways->end() ? nullptr : &*sync);
      }
    }
    check_ceiling("ceiling", record_.ceiling);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(fmt::format("{}: {}: the file was edited or is damaged; measure again", name_, what));
  }

  void check_rounds(const std::string& where, const std::vector<double>& rounds, const Interval& fps) const {
    const auto done = static_cast<std::size_t>(std::max(0, record_.rounds.done));
    if (rounds.size() != done)
      refuse(fmt::format("{}: {} rounds in round_fps, and {} done", where, rounds.size(), done));
    if (!std::ranges::all_of(rounds, [](double value) { return std::isfinite(value) && value > 0; })) {
      refuse(where + ": round_fps holds what no round gives");
    }
    if (rounds.empty()) return;
    check_interval(where + ": fps", fps, median_interval(rounds));
  }

  void check_ceiling(const std::string& where, const CeilingRecord& ceiling) const {
    if (ceiling.requests > 0) check_rounds(where, ceiling.round_fps, ceiling.fps);
  }

  void check_ratio(const std::string& where, const WayRecord& way, const WayRecord* sync) const {
    const auto pairs = sync == nullptr ? 0 : std::min(way.round_fps.size(), sync->round_fps.size());
    if (pairs == 0) {
      if (way.ratio_to_sync.median != 0) refuse(where + ": ratio_to_sync without a round of sync");
      return;
    }
    check_interval(where + ": ratio_to_sync", way.ratio_to_sync,
                   bootstrap_ratio_interval(std::span(way.round_fps).first(pairs),
                                            std::span(sync->round_fps).first(pairs), record_.rounds.seed));
  }

  void check_interval(const std::string& where, const Interval& told, const Interval& follows) const {
    const auto differs = [](double a, double b) { return !(std::abs(a - b) <= 1e-9 * std::abs(b)); };
    if (differs(told.median, follows.median)) {
      refuse(fmt::format("{}.median is {:.6g}, and {:.6g} follows from round_fps", where, told.median, follows.median));
    }
    if (follows.coverage <= 0) return;  // one round: no ends are told
    if (differs(told.low, follows.low) || differs(told.high, follows.high) ||
        differs(told.coverage, follows.coverage)) {
      refuse(fmt::format("{} is {:.6g} to {:.6g}, and {:.6g} to {:.6g} follows from round_fps", where, told.low,
                         told.high, follows.low, follows.high));
    }
  }

  const CompareRecord& record_;
  const std::string& name_;
};

}  // namespace

void check_consistent(const CompareRecord& record, const std::string& name) { Check(record, name).run(); }

}  // namespace inflight::report
