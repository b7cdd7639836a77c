// What goes wrong with inputs, in one line that names the input and the remedy.
#pragma once

#include <string>

#include "address.hpp"
#include "inflight/base/clock.hpp"

namespace inflight {

/// Throws: Error for what can be said better before FFmpeg tries: no such file or camera, a folder, an empty file.
void check_there(const Address& address);

/// Why FFmpeg could not open it.
std::string open_failure(const Address& address, int code);
/// Why it gives nothing any more; AVERROR_EOF counts as well.
std::string loss(const Address& address, int code);
/// That it gave nothing for so long.
std::string silence_of(const Address& address, Seconds silence);

/// Which process has the device open: "cheese (process 123)"; empty when /proc doesn't tell. Reads the links below
/// /proc, some milliseconds: not for every frame.
std::string holder_of(const std::string& device);

}  // namespace inflight
