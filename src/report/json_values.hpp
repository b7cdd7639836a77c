// Values in the JSON of all records: what was not measured is null rather than a number that looks measured.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "inflight/report/compare_record.hpp"
#include "inflight/report/machine_record.hpp"
#include "inflight/report/subject_record.hpp"

namespace inflight::report {

using Json = nlohmann::ordered_json;  // fields in the order in which they are told

// NaN and infinity, which JSON does not know, become null when the library writes them.
inline Json measured(double value) { return value > 0 ? Json(value) : Json(nullptr); }
inline Json if_known(double value, bool known) { return known ? Json(value) : Json(nullptr); }
inline Json positive(std::int64_t value) { return value > 0 ? Json(value) : Json(nullptr); }
inline Json told(const std::string& text) { return text.empty() || text == "-" ? Json(nullptr) : Json(text); }

/// {"median", "low", "high", "coverage"}; ends that are not known are null.
Json interval_json(const Interval& interval);
/// A field for each setting.
Json settings_json(const SettingsRecord& record);
/// As a file has it. Names of files need not be UTF-8: what is not becomes U+FFFD instead of an exception.
std::string json_text(const Json& json);
/// {"cpu", "cores", "quota_cores", "memory_bytes", "kernel"}.
Json machine_json(const MachineRecord& machine);
/// {"inflight", "openvino", "ffmpeg", "plugins"}.
Json software_json(const MachineRecord& machine);
/// {"name", "path", "sha256", "type", "input_width", "input_height", "preprocess", "threshold", "simulated"}.
Json model_json(const SubjectRecord& subject, const MachineRecord& machine);
/// {"path", "sha256", "codec", "pixel_format", "width", "height", "frame_rate", "start_s"}.
Json clip_json(const SubjectRecord& subject, const MachineRecord& machine);

}  // namespace inflight::report
