// A file that gets its name only when it is complete.
#pragma once

#include <filesystem>
#include <string_view>

namespace inflight {

/// Holds the place of `path`: the file is written without a name in the same folder, and `commit` gives it that of
/// `path`. What was not committed goes with the destructor, or with the process, so that nobody ever sees half a file.
/// Where the file system knows no files without a name, it has a hidden one, which a process that is killed
/// leaves behind: .inflight-PID-NUMBER.part.
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

  /// Makes missing folders, and the file, empty: one that fails here would fail later.
  /// Throws: Error when nothing can be written there, or `path` is a folder, or is not what `target` asks for.
  explicit PartFile(std::filesystem::path path, Target target = Target::any);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  /// As it was given.
  const std::filesystem::path& path() const noexcept { return path_; }
  /// Where to write until `commit`; a path of this process only.
  const std::filesystem::path& part() const noexcept { return part_; }
  /// Replaces what was at `path`; a symbolic link stays one. Close the part before. Throws: Error when the file system
  /// refuses.
  void commit();

 private:
  std::filesystem::path path_, part_;
  std::filesystem::path target_;  // empty when there is nothing to rename, or not any more
  int unnamed_ = -1;              // the open file, while it has no name
};

/// A PartFile that is written piece by piece, in order. Thread: one at a time. Blocks: on the disk.
class PartWriter {
 public:
  /// Throws: Error as PartFile's.
  explicit PartWriter(std::filesystem::path path);
  PartWriter(const PartWriter&) = delete;
  PartWriter& operator=(const PartWriter&) = delete;
  ~PartWriter();

  /// Unbuffered: give it thousands of bytes at a time. Throws: Error when there is no room, or a pipe's reader is gone.
  void write(std::string_view content);
  /// The last call: the file has its name then. Throws: Error when the file system refuses.
  void commit();

 private:
  PartFile file_;
  int out_ = -1;
};

/// Writes a whole PartFile. Throws: Error, with nothing left behind.
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace inflight
