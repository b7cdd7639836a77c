// What all renderings of an explanation say in the same words.
#pragma once

#include <string>
#include <vector>

#include "compare_words.hpp"
#include "inflight/report/explain_record.hpp"

namespace inflight::report {

/// Milliseconds with as many digits as mean something: "2.31", "+0.05", "-0.02".
std::string milliseconds(double value);
std::string signed_milliseconds(double value);
/// Names of stages and limits as people say them: "wait_request" is "wait for a request".
std::string stage_words(const std::string& name);

/// "queue: 2.31 ms per frame (433 frames/s), bound by device compute".
std::string headline(const ExplainRecord& record);
/// "The device compute is the limit: ..."
std::string limit_sentence(const ExplainRecord& record);
/// "16 requests instead of 4: 1.02 times (1.00 to 1.04), no gain that stands out".
std::string remedy_sentence(const RemedyRecord& remedy);
/// Where there was nothing to try.
std::string no_remedy_sentence(const ExplainRecord& record);
std::string prediction_sentence(const GainRecord& gain);
std::string validity_sentence(const ExplainRecord& record);
std::string device_split_sentence(const ExplainRecord& record);

/// Program, model, clip, machine.
std::vector<Fact> facts(const ExplainRecord& record);
/// How the numbers came about.
std::vector<std::string> method(const ExplainRecord& record);

}  // namespace inflight::report
