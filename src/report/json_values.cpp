#include "json_values.hpp"

#include "compare_words.hpp"

namespace inflight::report {

Json interval_json(const Interval& interval) {
  const bool has_ends = has_range(interval);
  return {{"median", measured(interval.median)},
          {"low", has_ends ? Json(interval.low) : nullptr},
          {"high", has_ends ? Json(interval.high) : nullptr},
          {"coverage", has_ends ? Json(interval.coverage) : nullptr}};
}

Json settings_json(const SettingsRecord& record) {
  Json json;
  for (const auto& [name, value] : settings) json[name] = told(record.*value);
  json["properties"] = told(record.properties);
  return json;
}

std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n'; }

}  // namespace inflight::report
