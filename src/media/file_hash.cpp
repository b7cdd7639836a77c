#include "inflight/media/file_hash.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <system_error>

#include <fmt/format.h>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

namespace inflight {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk = 1 << 18;

class Sha256 {
 public:
  Sha256() : sha_(av_sha_alloc()) {
    if (sha_) av_sha_init(sha_.get(), 256);
  }

  /// False when the file cannot be read to its end.
  bool add_file(const fs::path& path, std::vector<char>& buffer, const std::stop_token& stop) {
    std::error_code none;
    if (!sha_ || !fs::is_regular_file(path, none)) return false;  // a pipe would block, and its bytes would be gone
    std::ifstream file(path, std::ios::binary);
    if (!file) return false;
    while (!stop.stop_requested()) {
      file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
      av_sha_update(sha_.get(), reinterpret_cast<const std::uint8_t*>(buffer.data()),
                    static_cast<std::size_t>(file.gcount()));
      if (!file) return file.eof();
    }
    return false;
  }

  std::string digits() {
    std::array<std::uint8_t, 32> bytes{};
    av_sha_final(sha_.get(), bytes.data());
    return fmt::format("{:02x}", fmt::join(bytes, ""));
  }

 private:
  struct Free {
    void operator()(AVSHA* sha) const noexcept { av_free(sha); }
  };
  std::unique_ptr<AVSHA, Free> sha_;
};

/// Folders replaced by what is in them.
std::vector<fs::path> files_of(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto begin = static_cast<std::ptrdiff_t>(files.size());
    for (const auto& entry : fs::directory_iterator(path, error)) {
      if (entry.is_regular_file(error)) files.push_back(entry.path());
    }
    std::sort(files.begin() + begin, files.end());
  }
  return files;
}

}  // namespace

std::string sha256_of(const std::vector<fs::path>& paths, const std::stop_token& stop) {
  const auto files = files_of(paths);
  if (files.empty()) return {};
  std::vector<char> buffer(chunk);
  Sha256 sha;
  for (const fs::path& file : files) {
    if (!sha.add_file(file, buffer, stop)) return {};
  }
  return sha.digits();
}

}  // namespace inflight
