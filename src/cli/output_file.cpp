#include "output_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "inflight/base/error.hpp"

namespace inflight::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, int error) {
  const char* remedy = "choose another place";
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) remedy = "make room or choose another place";
  if (error == EACCES || error == EPERM || error == EROFS) remedy = "choose a folder that you may write to";
  throw Error(fmt::format("{}: cannot be written: {}; {}", path, std::strerror(error), remedy));
}

/// Devices and pipes (/dev/stdout) take what comes; a rename would replace them.
bool is_special(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// A new file beside `path` that takes its name when it is kept, and disappears otherwise.
class Neighbour {
 public:
  explicit Neighbour(const std::string& path)
      : target_(path),
        special_(is_special(path)),
        name_(special_ ? path : fmt::format("{}.{}.part", path, ::getpid())) {
    if (fs::is_directory(path)) fail(path, EISDIR);
    std::error_code error;
    if (const fs::path folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, error);
    if (error) fail(path, error.value());
    file_ = ::open(name_.c_str(), O_WRONLY | O_CLOEXEC | (special_ ? 0 : O_CREAT | O_EXCL), 0666);
    if (file_ < 0) fail(path, errno);
  }
  ~Neighbour() {
    if (file_ >= 0) ::close(file_);
    if (!kept_ && !special_) ::unlink(name_.c_str());
  }
  Neighbour(const Neighbour&) = delete;
  Neighbour& operator=(const Neighbour&) = delete;

  void write(const std::string& content) {
    for (std::size_t done = 0; done < content.size();) {
      const ssize_t written = ::write(file_, content.data() + done, content.size() - done);
      if (written < 0 && errno != EINTR) fail(target_, errno);
      if (written > 0) done += static_cast<std::size_t>(written);
    }
  }

  void keep() {
    if (::close(std::exchange(file_, -1)) != 0) fail(target_, errno);
    if (!special_ && ::rename(name_.c_str(), target_.c_str()) != 0) fail(target_, errno);
    kept_ = true;
  }

 private:
  std::string target_;
  bool special_;
  std::string name_;
  int file_ = -1;
  bool kept_ = false;
};

}  // namespace

void check_writable(const std::string& path) { const Neighbour trial(path); }

void write_file(const std::string& path, const std::string& content) {
  Neighbour file(path);
  file.write(content);
  file.keep();
}

}  // namespace inflight::cli
