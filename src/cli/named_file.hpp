// The files that a command line names.
#pragma once

#include <string>
#include <vector>

#include "inflight/base/part_file.hpp"

namespace inflight::cli {

/// A file, and the option that names it. An empty path is none.
struct NamedFile {
  std::string option;
  std::string path;
  PartFile::Target target = PartFile::Target::any;  ///< of an output
};

/// Fails now rather than after minutes: sees that every output can be written, makes missing folders, and keeps outputs
/// apart from what is read and from each other. `-` is standard output where the option is --json.
/// Throws: UsageError when a file would be overwritten that is read, or written too; Error for what cannot be written.
void check_outputs(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs);

}  // namespace inflight::cli
