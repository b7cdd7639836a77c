#include "named_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"

namespace inflight::cli {
namespace {

namespace fs = std::filesystem;

/// Absolute first: what begins with a name that is not there stays relative else.
fs::path whole(const fs::path& path) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
}

/// Whether writing to one path changes what is at the other, or a file of the folder there. Devices and pipes take
/// everything.
bool same_file(const fs::path& one, const fs::path& other) {
  std::error_code ignored;
  const fs::file_status status = fs::status(one, ignored);
  if (!fs::exists(status)) return whole(one) == whole(other);
  if (!fs::is_regular_file(status)) return false;
  return fs::equivalent(fs::is_directory(other, ignored) ? fs::canonical(one, ignored).parent_path() : one, other,
                        ignored);
}

/// A player, or a browser, goes by the name.
void check_name(const NamedFile& output) {
  const fs::path path(output.path);
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto refuse = [&](const char* format, const char* usual) {
    throw UsageError(fmt::format("{} {}: it is written as {}; name it {}", output.option, output.path, format,
                                 fs::path(path).replace_extension(usual).string()));
  };
  if (extension.empty()) return;
  if (output.format == FileFormat::mp4 && extension != ".mp4" && extension != ".m4v") refuse("MP4", ".mp4");
  if (output.format == FileFormat::png && extension != ".png") refuse("PNG", ".png");
}

}  // namespace

void check_outputs(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs) {
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    const std::string &option = output->option, &path = output->path;
    if (path.empty()) continue;
    if (path == "-") {
      if (option == "--json") continue;
      throw UsageError(fmt::format("{} -: only --json writes to standard output; name a file", option));
    }
    for (const NamedFile& input : inputs) {
      if (input.path.empty() || !same_file(path, input.path)) continue;
      throw UsageError(fmt::format("{} {}: that is read here, for {}; name another file", option, path, input.option));
    }
    for (auto earlier = outputs.begin(); earlier != output; ++earlier) {
      if (earlier->path.empty() || !same_file(path, earlier->path)) continue;
      throw UsageError(fmt::format("{} {}: {} writes the same file; name another", option, path, earlier->option));
    }
    check_name(*output);
  }
  for (const NamedFile& output : outputs) {
    if (output.path.empty() || output.path == "-") continue;
    const PartFile trial(output.path,
                         output.format == FileFormat::mp4 ? PartFile::Target::regular_file : PartFile::Target::any);
  }
}

}  // namespace inflight::cli
