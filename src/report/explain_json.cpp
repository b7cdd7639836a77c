#include "explain_words.hpp"
#include "inflight/report/explain_report.hpp"
#include "json_values.hpp"

namespace inflight {
namespace {

using namespace report;

Json waterfall_json(const ExplainRecord& record) {
  Json steps = Json::array();
  for (const WaterfallStep& step : record.waterfall) {
    steps.push_back({{"name", step.name},
                     {"text", step.text},
                     {"ms_per_frame", step.ms_per_frame},
                     {"low", if_known(step.low, step.coverage > 0)},
                     {"high", if_known(step.high, step.coverage > 0)},
                     {"coverage", measured(step.coverage)},
                     {"core_ms_per_frame", step.core_ms_per_frame},
                     {"total_ms_per_frame", step.total_ms_per_frame}});
  }
  return steps;
}

Json remedy_json(const RemedyRecord& remedy) {
  return {{"change", remedy.change},
          {"flags", remedy.flags},
          {"fps_before", measured(remedy.fps_before)},
          {"fps_after", measured(remedy.fps_after)},
          {"ratio", interval_json(remedy.ratio)},
          {"helped", remedy.helped},
          {"note", told(remedy.note)}};
}

/// The one that helped, or else the last that was tried; null where there was none.
Json first_remedy(const ExplainRecord& record) {
  for (const RemedyRecord& remedy : record.remedies) {
    if (remedy.helped) return remedy_json(remedy);
  }
  return record.remedies.empty() ? Json(nullptr) : remedy_json(record.remedies.back());
}

Json gain_json(const GainRecord& gain) {
  return {
      {"sync_fps", measured(gain.sync_fps)},
      {"predicted",
       {{"fps", measured(gain.predicted_fps)}, {"times_sync", measured(gain.predicted)}, {"bound", told(gain.bound)}}},
      {"achieved", interval_json(gain.achieved)},
      {"overlap", interval_json(gain.overlap)},
      {"parallel_streams", interval_json(gain.streams)},
      {"helps", gain.helps},
      {"verdict", told(gain.verdict)}};
}

template <class Record, class Convert>
Json list(const std::vector<Record>& records, const Convert& convert) {
  Json json = Json::array();
  for (const Record& record : records) json.push_back(convert(record));
  return json;
}

}  // namespace

std::string render_json(const ExplainRecord& record) {
  const Json json = {
      {"schema", 1},
      {"command", "explain"},
      {"date", told(record.date)},
      {"command_line", record.machine.command},
      {"software", software_json(record.machine)},
      {"machine", machine_json(record.machine)},
      {"model", model_json(record, record.machine)},
      {"clip", clip_json(record, record.machine)},
      {"way", record.way},
      {"program", told(record.program)},
      {"settings", {{"asked", settings_json(record.asked)}, {"given", settings_json(record.given)}}},
      {"rounds", record.rounds},
      {"interrupted", record.interrupted},
      {"observed_ms_per_frame", measured(record.observed_ms_per_frame)},
      {"observed_fps", measured(record.observed_fps)},
      {"cores_used", measured(record.cores_used)},
      {"frames", record.frames},
      {"failed", record.failed},
      {"waterfall", waterfall_json(record)},
      {"remainder_ms_per_frame", if_known(record.remainder_ms_per_frame, !record.waterfall.empty())},
      {"stages", list(record.stages,
                      [](const StageRecord& stage) {
                        return Json{
                            {"name", stage.name}, {"wall_ms", stage.wall_ms}, {"core_ms", measured(stage.core_ms)}};
                      })},
      {"device_estimated",
       {{"waiting_ms", if_known(record.device_waiting_ms, record.device_executing_ms > 0)},
        {"executing_ms", measured(record.device_executing_ms)},
        {"unseen_ms", if_known(record.device_unseen_ms, record.device_executing_ms > 0)}}},
      {"threads", list(record.threads,
                       [](const ThreadsRecord& threads) {
                         return Json{{"role", threads.role},
                                     {"threads", threads.threads},
                                     {"core_ms_per_frame", threads.core_ms_per_frame},
                                     {"cores", threads.cores}};
                       })},
      {"limit",
       {{"stage", told(record.limit.stage)}, {"text", told(record.limit.text)}, {"evidence", record.limit.evidence}}},
      {"remedy", first_remedy(record)},
      {"remedies", list(record.remedies, remedy_json)},
      {"gain", gain_json(record.gain)},
      {"doctor", list(record.doctor,
                      [](const FindingRecord& finding) {
                        return Json{{"name", finding.name}, {"text", finding.text}, {"matters", finding.matters}};
                      })},
      {"valid", record.valid},
      {"reasons", record.reasons},
      {"notes", record.notes},
  };
  return json_text(json);
}

}  // namespace inflight
