// The sentence in an OpenVINO exception that tells the user something.
#pragma once

#include <exception>
#include <string>

namespace inflight {

/// For a message to a user. OpenVINO's messages start with the file and line that threw, often several times over, and
/// may run over many lines: the first line that is no such trace, at most 200 characters of it.
std::string openvino_reason(const std::exception& error);

}  // namespace inflight
