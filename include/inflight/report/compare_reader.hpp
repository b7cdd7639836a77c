// Reads the JSON of a comparison back.
#pragma once

#include <string>

#include "inflight/report/compare_record.hpp"

namespace inflight {

/// The record that `render_json` wrote. `name` stands for it in messages. Throws: Error when it is no JSON (cut in
/// half, say), of another command or of another version, when a field is missing or of another kind, and when what it
/// says of the rounds does not follow from them: then somebody edited it.
CompareRecord read_compare_json(const std::string& json, const std::string& name);

}  // namespace inflight
