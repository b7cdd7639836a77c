#include "inflight/report/compare_reader.hpp"

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "compare_words.hpp"
#include "inflight/base/error.hpp"
#include "inflight/report/compare_report.hpp"
#include "json_values.hpp"
#include "record_check.hpp"

namespace inflight {
namespace {

using namespace report;

/// A number that what is to be read cannot hold.
struct Misfit : std::range_error {
  using std::range_error::range_error;
};

/// What it is to be. The library converts every number to every other, also where that is not defined.
template <class Value>
Value as(const Json& json) {
  return json.get<Value>();
}
template <std::integral Value>
  requires(!std::same_as<Value, bool>)
Value as(const Json& json) {
  const bool fits = json.is_number_unsigned()
                        ? std::in_range<Value>(json.get<std::uint64_t>())
                        : !json.is_number_float() && std::in_range<Value>(json.get<std::int64_t>());
  if (fits) return json.get<Value>();
  using Limits = std::numeric_limits<Value>;
  throw Misfit(fmt::format("{} is no whole number from {} to {}", json.dump(), Limits::min(), Limits::max()));
}

/// A field of an object, read as what it is to be. Null stands for what is not known.
template <class Value>
Value read(const Json& object, const char* key) {
  const Json& field = object.at(key);
  return field.is_null() ? Value() : as<Value>(field);
}

Interval read_interval(const Json& json) {
  return {.median = read<double>(json, "median"),
          .low = read<double>(json, "low"),
          .high = read<double>(json, "high"),
          .coverage = read<double>(json, "coverage")};
}

SettingsRecord read_settings(const Json& json) {
  SettingsRecord record;
  for (const auto& [name, value] : settings) record.*value = read<std::string>(json, name);
  record.properties = read<std::string>(json, "properties");
  return record;
}

CeilingRecord read_ceiling(const Json& json) {
  if (json.is_null()) return {};
  return {.requests = as<std::size_t>(json.at("requests")),
          .round_fps = json.at("round_fps").get<std::vector<double>>(),
          .fps = read_interval(json.at("fps"))};
}

WayRecord read_way(const Json& json) {
  WayRecord way;
  way.name = json.at("name").get<std::string>();
  way.description = read<std::string>(json, "description");
  way.frames = read<std::int64_t>(json, "frames");
  way.failed = read<std::int64_t>(json, "failed");
  way.fps = read_interval(json.at("fps"));
  way.ratio_to_sync = read_interval(json.at("ratio_to_sync"));
  way.round_fps = json.at("round_fps").get<std::vector<double>>();
  const Json& latency = json.at("latency_ms");
  way.latency_p50 = read<double>(latency, "p50");
  way.latency_p90 = read<double>(latency, "p90");
  way.latency_p99 = read<double>(latency, "p99");
  way.first_inference = json.at("first_inference_ms").get<std::vector<double>>();
  way.ceiling = read_ceiling(json.at("ceiling"));
  way.cores_used = read<double>(json, "cores_used");
  way.peak_memory = read<std::int64_t>(json, "peak_memory_bytes");
  way.asked = read_settings(json.at("settings").at("asked"));
  way.given = read_settings(json.at("settings").at("given"));
  return way;
}

std::vector<WayRecord> read_ways(const Json& json) {
  std::vector<WayRecord> ways;
  for (const Json& way : json) ways.push_back(read_way(way));
  return ways;
}

void read_machine(const Json& json, MachineRecord& machine) {
  const Json& hardware = json.at("machine");
  machine.cpu = read<std::string>(hardware, "cpu");
  machine.cores = read<int>(hardware, "cores");
  machine.quota = read<double>(hardware, "quota_cores");
  machine.memory = read<std::int64_t>(hardware, "memory_bytes");
  machine.kernel = read<std::string>(hardware, "kernel");
  const Json& software = json.at("software");
  machine.inflight = read<std::string>(software, "inflight");
  machine.openvino = read<std::string>(software, "openvino");
  machine.ffmpeg = read<std::string>(software, "ffmpeg");
  for (const auto& [device, version] : software.at("plugins").items()) {
    machine.plugins.emplace_back(device, version.get<std::string>());
  }
  machine.model_sha256 = read<std::string>(json.at("model"), "sha256");
  machine.clip_sha256 = read<std::string>(json.at("clip"), "sha256");
  machine.command = json.at("command_line").get<std::vector<std::string>>();
}

void read_subject(const Json& model, const Json& clip, SubjectRecord& record) {
  record.model = read<std::string>(model, "name");
  record.model_path = read<std::string>(model, "path");
  record.model_type = read<std::string>(model, "type");
  record.input_width = read<int>(model, "input_width");
  record.input_height = read<int>(model, "input_height");
  record.preprocess = read<std::string>(model, "preprocess");
  record.threshold = read<double>(model, "threshold");
  record.simulated = read<std::string>(model, "simulated");
  record.clip_path = read<std::string>(clip, "path");
  record.clip_codec = read<std::string>(clip, "codec");
  record.clip_pixel_format = read<std::string>(clip, "pixel_format");
  record.clip_width = read<int>(clip, "width");
  record.clip_height = read<int>(clip, "height");
  record.clip_frame_rate = read<double>(clip, "frame_rate");
  record.clip_start = read<double>(clip, "start_s");
}

RoundsRecord read_rounds(const Json& json) {
  return {.asked = read<int>(json, "asked"),
          .done = as<int>(json.at("done")),
          .time_limit = read<double>(json, "time_limit_s"),
          .seed = as<std::uint64_t>(json.at("seed")),
          .ended_by = read<std::string>(json, "ended_by"),
          .frames_per_round = as<std::int64_t>(json.at("frames_per_round")),
          .unique_frames = as<std::int64_t>(json.at("unique_frames")),
          .interrupted = json.at("interrupted").get<bool>()};
}

LoadRecord read_load(const Json& json) {
  return {.known = !json.at("own_cores").is_null(),
          .own = read<double>(json, "own_cores"),
          .others = read<double>(json, "other_cores"),
          .stolen = read<double>(json, "stolen_cores"),
          .throttled = read<std::int64_t>(json, "throttled_periods"),
          .throttled_seconds = read<double>(json, "throttled_s")};
}

ColdStartRecord read_cold_start(const Json& json) {
  ColdStartRecord cold;
  cold.read = read<double>(json, "read_ms");
  for (const Json& one : json.at("compile")) {
    cold.compiles.push_back(
        {one.at("used_by").get<std::string>(), read<double>(one, "ms"), one.at("from_cache").get<bool>()});
  }
  cold.without_cache = read<double>(json, "compile_without_cache_ms");
  cold.with_cache = read<double>(json, "compile_with_cache_ms");
  return cold;
}

CompareRecord read_record(const Json& json) {
  CompareRecord record;
  record.date = read<std::string>(json, "date");
  read_machine(json, record.machine);
  read_subject(json.at("model"), json.at("clip"), record);
  record.rounds = read_rounds(json.at("rounds"));
  record.load = read_load(json.at("load"));
  record.cold_start = read_cold_start(json.at("cold_start"));
  record.outputs_equal = read<bool>(json, "outputs_equal");
  const Json& outputs = json.at("outputs");
  record.frames_compared = read<std::int64_t>(outputs, "frames_compared");
  record.outputs_text = read<std::string>(outputs, "text");
  record.detections_per_frame = read<double>(outputs, "detections_per_frame");
  record.ways = read_ways(json.at("ways"));
  record.like_for_like = read_ways(json.at("like_for_like"));
  record.ceiling = read_ceiling(json.at("ceiling"));
  record.valid = json.at("valid").get<bool>();
  record.reasons = json.at("reasons").get<std::vector<std::string>>();
  record.notes = json.at("notes").get<std::vector<std::string>>();
  return record;
}

/// The part of the library's message that names what is wrong: "[json.exception.out_of_range.403] key 'x' not found".
std::string reason_of(const Json::exception& error) {
  const std::string text = error.what();
  const auto end = text.find("] ");
  return end == std::string::npos ? text : text.substr(end + 2);
}

Error damaged(const std::string& name, const std::string& reason) {
  return Error(fmt::format("{}: {}: the file was edited or is damaged; measure again", name, reason));
}

Json parse(const std::string& text, const std::string& name) {
  try {
    return Json::parse(text);
  } catch (const Json::exception&) {
    throw Error(name + ": no JSON, or only a part of it was written; measure again with 'inflight compare --json'");
  }
}

/// Newer and older versions have fields that mean something else: nothing of them is read.
void check_kind(const Json& json, const std::string& name) {
  const auto command = json.is_object() ? json.value("command", Json()) : Json();
  if (command != "compare") throw Error(name + ": not a record of 'inflight compare'; give what its --json wrote");
  const auto schema = json.value("schema", Json());
  if (schema == compare_schema) return;
  throw Error(
      fmt::format("{}: written by another version of inflight (schema {}, this one reads {}); measure again with "
                  "this one",
                  name, schema.dump(), compare_schema));
}

}  // namespace

CompareRecord read_compare_json(const std::string& text, const std::string& name) {
  const Json json = parse(text, name);
  check_kind(json, name);
  CompareRecord record;
  try {
    record = read_record(json);
  } catch (const Json::exception& error) {
    throw damaged(name, reason_of(error));
  } catch (const Misfit& error) {
    throw damaged(name, error.what());
  }
  check_consistent(record, name);
  return record;
}

}  // namespace inflight
