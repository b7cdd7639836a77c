// A file that gets its name only when it is complete.
#pragma once

#include <filesystem>
#include <string_view>

namespace inflight {

/// Holds the place of `path`: the file is written under a hidden name beside it, which `commit` changes to `path`. The
/// destructor removes what was not committed, so that nobody ever sees half a file.
///
/// Devices, pipes and what is already open as standard output or error (/dev/stdout, whatever it leads to) are written
/// directly, since a rename would replace them. Thread: one at a time. Blocks: on the disk.
class PartFile {
 public:
  /// What may be at the path.
  enum class Target {
    any,           ///< also a device or a pipe
    regular_file,  ///< for formats that are not written from front to back
  };

  /// Makes missing folders, and an empty file under the hidden name: one that fails here would fail later.
  /// Throws: Error when nothing can be written there, or `path` is a folder, or is not what `target` asks for.
  explicit PartFile(std::filesystem::path path, Target target = Target::any);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  /// As it was given.
  const std::filesystem::path& path() const noexcept { return path_; }
  /// Where to write until `commit`.
  const std::filesystem::path& part() const noexcept { return part_; }
  /// Replaces what was at `path`; a symbolic link stays one. Close the part before. Throws: Error when the file system
  /// refuses.
  void commit();

 private:
  std::filesystem::path path_, part_;
  std::filesystem::path target_;  // empty when there is nothing to rename, or not any more
};

/// Writes a whole PartFile. Throws: Error, with nothing left behind.
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace inflight
