// Files that the program writes: whole, or not at all.
#pragma once

#include <string>

namespace inflight::cli {

/// Makes the folder of `path` and sees whether a file can be written there, before hours of work rely on it.
/// Throws: Error that says why not.
void check_writable(const std::string& path);

/// Writes a neighbour and renames it, so that nobody ever sees half a file. Throws: Error, with nothing left behind.
void write_file(const std::string& path, const std::string& content);

}  // namespace inflight::cli
