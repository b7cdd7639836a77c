#include "compare_words.hpp"
#include "inflight/report/compare_report.hpp"
#include "json_values.hpp"

namespace inflight {
namespace {

using namespace report;

Json ceiling_json(const CeilingRecord& ceiling) {
  if (ceiling.requests == 0) return nullptr;
  return {{"requests", ceiling.requests}, {"fps", interval_json(ceiling.fps)}, {"round_fps", ceiling.round_fps}};
}

Json way_json(const WayRecord& way) {
  return {
      {"name", way.name},
      {"description", way.description},
      {"frames", way.frames},
      {"failed", way.failed},
      {"fps", interval_json(way.fps)},
      {"ratio_to_sync", interval_json(way.ratio_to_sync)},
      {"round_fps", way.round_fps},
      {"latency_ms",
       {{"p50", measured(way.latency_p50)}, {"p90", measured(way.latency_p90)}, {"p99", measured(way.latency_p99)}}},
      {"first_inference_ms", way.first_inference},
      {"ceiling", ceiling_json(way.ceiling)},
      {"cores_used", measured(way.cores_used)},
      {"peak_memory_bytes", positive(way.peak_memory)},
      {"settings", {{"asked", settings_json(way.asked)}, {"given", settings_json(way.given)}}}};
}

Json ways_json(const std::vector<WayRecord>& ways) {
  auto json = Json::array();
  for (const auto& way : ways) json.push_back(way_json(way));
  return json;
}

Json load_json(const LoadRecord& load) {
  const auto told_cores = [&](double cores) { return load.known ? Json(cores) : Json(nullptr); };
  return {{"own_cores", told_cores(load.own)},
          {"other_cores", told_cores(load.others)},
          {"stolen_cores", told_cores(load.stolen)},
          {"throttled_periods", load.throttled},
          {"throttled_s", load.throttled_seconds}};
}

Json cold_start_json(const ColdStartRecord& cold) {
  auto compiles = Json::array();
  for (const auto& compile : cold.compiles) {
    compiles.push_back(
        {{"used_by", compile.used_by}, {"ms", measured(compile.milliseconds)}, {"from_cache", compile.from_cache}});
  }
  return {{"read_ms", measured(cold.read)},
          {"compile", std::move(compiles)},
          {"compile_without_cache_ms", measured(cold.without_cache)},
          {"compile_with_cache_ms", measured(cold.with_cache)}};
}

}  // namespace

std::string render_json(const CompareRecord& record) {
  const auto agree = outputs_agree(record);
  const Json json = {
      {"schema", compare_schema},
      {"command", "compare"},
      {"date", told(record.date)},
      {"command_line", record.machine.command},
      {"software", software_json(record.machine)},
      {"machine", machine_json(record.machine)},
      {"model", model_json(record, record.machine)},
      {"clip", clip_json(record, record.machine)},
      {"rounds",
       {{"asked", positive(record.rounds.asked)},
        {"done", record.rounds.done},
        {"time_limit_s", measured(record.rounds.time_limit)},
        {"ended_by", told(record.rounds.ended_by)},
        {"seed", record.rounds.seed},
        {"frames_per_round", record.rounds.frames_per_round},
        {"unique_frames", record.rounds.unique_frames},
        {"interrupted", record.rounds.interrupted}}},
      {"valid", record.valid},
      {"reasons", record.reasons},
      {"ways", ways_json(record.ways)},
      {"like_for_like", ways_json(record.like_for_like)},
      {"ceiling", ceiling_json(record.ceiling)},
      {"load", load_json(record.load)},
      {"cold_start", cold_start_json(record.cold_start)},
      {"outputs_equal", agree ? Json(*agree) : Json(nullptr)},
      {"outputs",
       {{"frames_compared", record.frames_compared},
        {"text", told(record.outputs_text)},
        {"detections_per_frame", if_known(record.detections_per_frame, record.frames_compared > 0)}}},
      {"notes", record.notes},
  };
  return json_text(json);
}

}  // namespace inflight
