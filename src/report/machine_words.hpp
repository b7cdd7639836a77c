// Machine, software and command of a measurement, in the words of all renderings.
#pragma once

#include <string>
#include <vector>

#include "inflight/report/machine_record.hpp"

namespace inflight::report {

/// "a, b" of those parts that are not empty.
std::string joined(const std::vector<std::string>& parts);
/// "prefix text"; empty where there is no text.
std::string prefixed(const std::string& prefix, const std::string& text);

/// "AMD EPYC 9V74, 2 cores, quota 1.5 cores, 25.3 GB, Linux 6.1.0".
std::string machine_sentence(const MachineRecord& machine);
/// "inflight 0.1.0, OpenVINO 2026.4.1 (CPU), FFmpeg 5.1.6"; the version of a plugin where it is another than
/// OpenVINO's.
std::string software_sentence(const MachineRecord& machine);
/// "model aaaaaaaaaaaa, clip bbbbbbbbbbbb": enough digits to tell files apart; the JSON has all.
std::string hashes_sentence(const MachineRecord& machine);
/// As it could be typed again.
std::string command_line(const MachineRecord& machine);

}  // namespace inflight::report
