// A file that gets its name only when it is complete.
#pragma once

#include <filesystem>

namespace inflight {

/// Holds the place of `path`: the file is written under a hidden name beside it, which `commit` changes to `path`.
/// The destructor removes what was not committed.
class PartFile {
 public:
  /// Throws: Error when the folder is missing, or `path` is a folder or a device.
  explicit PartFile(const std::filesystem::path& path);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  const std::filesystem::path& path() const noexcept { return path_; }
  /// Where to write.
  const std::filesystem::path& part() const noexcept { return part_; }
  /// Replaces what was at `path`. Throws: Error when the file system refuses.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
};

}  // namespace inflight
