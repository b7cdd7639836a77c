#include "contestants.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "inflight/measure/bootstrap.hpp"

namespace inflight {

Contestants::Contestants(const CompareOptions& options, CompiledModels& compiled, const ImageModel& model,
                         Progress& progress, const std::stop_token& stop) {
  for (const WayOptions& way : options.ways) {
    if (stop.stop_requested()) return;
    progress.begin(fmt::format("compiling for {}", way.name), 0);
    add(way, compiled, model, options.threshold, best_);
  }
  if (!options.alike || stop.stop_requested()) return;
  progress.begin("compiling for all alike", 0);
  for (const WayOptions& way : options.ways) {
    if (stop.stop_requested()) return;
    if (!options.brief)
      add({way.name, options.alike->compile, options.alike->requests}, compiled, model, options.threshold, alike_);
  }
  ceiling_of({"queue", options.alike->compile, options.alike->requests}, compiled);
  for (std::size_t i = 0; i < options.ways.size(); ++i) best_[i].ceiling = ceiling_of(options.ways[i], compiled);
}

std::size_t Contestants::ceiling_of(const WayOptions& options, CompiledModels& compiled) {
  const auto same = std::ranges::find(ceilings_, options, &Ceiling::of);
  if (same != ceilings_.end()) return static_cast<std::size_t>(same - ceilings_.begin());
  ceilings_.emplace_back(options, compiled(options.compile));
  return ceilings_.size() - 1;
}

void Contestants::add(const WayOptions& options, CompiledModels& compiled, const ImageModel& model, float threshold,
                      std::vector<Entry>& table) {
  const auto same = std::ranges::find_if(ways_, [&](const auto& way) { return way->runs_as(options); });
  table.push_back({options.name, static_cast<std::size_t>(same - ways_.begin()), {}});
  if (same != ways_.end()) return;
  try {
    ways_.push_back(std::make_unique<Way>(options, compiled(options.compile), model, threshold));
  } catch (...) {
    table.pop_back();
    throw;
  }
}

bool Contestants::is_alike_only(std::size_t way) const {
  return std::ranges::none_of(best_, [way](const Entry& entry) { return entry.way == way; });
}

std::string Contestants::name_of(std::size_t turn) const {
  if (turn == ways_.size()) return "ceiling";
  if (turn > ways_.size()) return "ceiling of " + ceilings_[turn - ways_.size()].of().name;
  return ways_[turn]->name() + (is_alike_only(turn) ? " like for like" : "");
}

void Contestants::warm_up(const ImageModel& model, const Open& open, Progress& progress, const std::stop_token& stop) {
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    if (stop.stop_requested()) return;
    progress.begin(fmt::format("warming up {} ({} requests)", name_of(i), ways_[i]->pipeline().requests()), 0);
    ways_[i]->warm_up();
  }
  if (ceilings_.empty() || stop.stop_requested()) return;
  progress.begin("preparing the inputs of the ceilings", 0);
  constexpr std::size_t most_inputs = 32;
  const PreparedInputs inputs = prepare_inputs(*open(), model, most_inputs);
  for (Ceiling& ceiling : ceilings_) {
    if (stop.stop_requested()) return;
    ceiling.prepare(inputs);
  }
}

bool Contestants::take_turn(std::size_t turn, std::int64_t frames, const Open& open,
                            const std::vector<AddedWork>& added, Progress& progress, const std::stop_token& stop) {
  if (turn >= ways_.size()) return ceilings_[turn - ways_.size()].measure(frames, progress, stop);
  return ways_[turn]->measure(*open(), frames, added, progress, stop);
}

void Contestants::keep_round() {
  for (const auto& way : ways_) way->keep_round();
  for (Ceiling& ceiling : ceilings_) ceiling.keep_round();
}

double Contestants::widest_interval(std::uint64_t seed) const {
  double widest = 0;
  for (const auto* table : {&best_, &alike_}) {
    for (const WayRecord& way : table_of(*table, seed)) {
      // That of sync to itself says nothing; alone, it has frames/s only.
      const bool has_ratio = way.ratio_to_sync.median > 0 && table->size() > 1;
      widest = std::max(widest, relative_half_width(has_ratio ? way.ratio_to_sync : way.fps));
    }
  }
  return widest;
}

std::vector<WayRecord> Contestants::table_of(const std::vector<Entry>& entries, std::uint64_t seed) const {
  std::vector<WayRecord> table;
  table.reserve(entries.size());
  for (const Entry& entry : entries) {
    table.push_back(ways_[entry.way]->record());
    if (entry.ceiling) table.back().ceiling = ceilings_[*entry.ceiling].record();
  }
  const auto sync = std::ranges::find(table, "sync", &WayRecord::name);
  if (sync == table.end()) return table;
  for (WayRecord& way : table) {
    if (!way.round_fps.empty()) way.ratio_to_sync = bootstrap_ratio_interval(way.round_fps, sync->round_fps, seed);
  }
  return table;
}

std::vector<WayFindings> Contestants::findings() const {
  std::vector<WayFindings> findings;
  for (std::size_t i = 0; i < ways_.size(); ++i) findings.push_back(ways_[i]->findings(is_alike_only(i)));
  return findings;
}

void Contestants::tell(std::uint64_t seed, CompareRecord& record) const {
  record.ways = table_of(best_, seed);
  record.like_for_like = table_of(alike_, seed);
  if (!ceilings_.empty()) record.ceiling = ceilings_.front().record();
}

}  // namespace inflight
