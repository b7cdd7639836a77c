#include "part_file.hpp"

#include <fmt/format.h>

#include <system_error>

#include "inflight/base/error.hpp"

namespace inflight {
namespace fs = std::filesystem;

PartFile::PartFile(const fs::path& path)
    : path_(path), part_(path.parent_path() / ("." + path.filename().string() + ".part")) {
  std::error_code ignored;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (!path.has_filename()) throw Error(fmt::format("{}: is no name for a file; add one", path.string()));
  if (!fs::is_directory(folder, ignored))
    throw Error(fmt::format("{}: there is no folder {}; create it", path.string(), folder.string()));
  // Renaming would replace a device, as /dev/null, by a file.
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored))
    throw Error(fmt::format("{}: is not a regular file; give another name", path.string()));
}

PartFile::~PartFile() {
  std::error_code ignored;
  if (!part_.empty()) fs::remove(part_, ignored);
}

void PartFile::commit() {
  std::error_code failure;
  fs::rename(part_, path_, failure);
  if (failure)
    throw Error(fmt::format("{}: cannot get its name ({}); check its folder", path_.string(), failure.message()));
  part_.clear();
}

}  // namespace inflight
