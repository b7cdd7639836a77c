// The files that a command line names.
#pragma once

#include <string>
#include <vector>

namespace inflight::cli {

/// What an output is written as, whatever its name says.
enum class FileFormat { text, mp4, png };

/// A file, and the option that names it. An empty path is none.
struct NamedFile {
  std::string option;
  std::string path;
  FileFormat format = FileFormat::text;  ///< of an output
};

/// Fails now rather than after minutes: sees that every output can be written, makes missing folders, and keeps outputs
/// apart from what is read and from each other. `-` is standard output where the option is --json.
/// Throws: UsageError when a file would be overwritten that is read, or written too, or its name promises another
/// format; Error for what cannot be written.
void check_outputs(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs);

}  // namespace inflight::cli
