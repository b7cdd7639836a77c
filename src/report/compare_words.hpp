// What all renderings of a comparison say in the same words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inflight/base/counted.hpp"
#include "inflight/report/compare_record.hpp"

namespace inflight::report {

/// Three significant digits; "-" for what is not a positive number: not measured.
std::string number(double value);
/// Bytes in MB.
std::string megabytes(std::int64_t bytes);

/// Whether a median was measured, and whether a range can be told.
bool is_known(const Interval& interval);
bool has_range(const Interval& interval);
/// "710-745", "710 to 745"; empty without a range, or where the range is a point.
std::string range(const Interval& interval, const std::string& between);

/// The settings in the order in which they are told.
struct Setting {
  const char* name;
  std::string SettingsRecord::*value;
};
inline constexpr std::array<Setting, 6> settings{{{"device", &SettingsRecord::device},
                                                  {"hint", &SettingsRecord::hint},
                                                  {"streams", &SettingsRecord::streams},
                                                  {"threads", &SettingsRecord::threads},
                                                  {"requests", &SettingsRecord::requests},
                                                  {"precision", &SettingsRecord::precision}}};

/// "8 -> 2" with this arrow; one value where asked and given are the same.
std::string asked_given(const std::string& asked, const std::string& given, const std::string& arrow);
bool is_same_setting(const std::string& asked, const std::string& given);

/// The way with the most frames per second; null when none was measured.
const WayRecord* fastest(const std::vector<WayRecord>& ways);
/// Whether all ways found the same; empty when there was nothing to compare.
std::optional<bool> outputs_agree(const CompareRecord& record);

/// "queue: 733 frames/s, 2.1 times sync (2.0 to 2.2)".
std::string headline(const CompareRecord& record);
std::string outputs_sentence(const CompareRecord& record);
/// What a range in brackets means, with the coverage and the rounds that it comes from.
std::string range_sentence(const CompareRecord& record);
/// "VALID", "INVALID: too few rounds: 3 of at least 7; ...".
std::string verdict(const CompareRecord& record);
/// What stands above the second table, which must be there.
std::string like_for_like_title(const CompareRecord& record);
/// Empty when the ceiling was not measured.
std::string ceiling_sentence(const CompareRecord& record);
std::string latency_sentence();
/// Failures, which the record counts per way, then the record's own notes.
std::vector<std::string> notes(const CompareRecord& record);

/// How the numbers came about, a sentence or two each.
std::vector<std::string> method(const CompareRecord& record);

/// Model, clip, machine, rounds: each a name and a line of facts.
struct Fact {
  std::string name, text;
};
std::vector<Fact> facts(const CompareRecord& record);

}  // namespace inflight::report
