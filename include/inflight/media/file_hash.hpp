// What a file holds, in 64 digits.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace inflight {

/// SHA-256 of the bytes of these files one after the other, as `cat FILES | sha256sum` gives it; a folder stands for
/// the files in it, in the order of their names. Empty when there is none, one is no regular file (a pipe, a camera, an
/// address) or cannot be read, or stop is requested. Thread: any. Blocks: while it reads.
std::string sha256_of(const std::vector<std::filesystem::path>& paths, const std::stop_token& stop = {});

}  // namespace inflight
