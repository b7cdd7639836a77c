#include "inflight/base/part_file.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }

[[noreturn]] void fail(const fs::path& path, std::error_code reason) {
  const auto any_of = [&](auto... errors) { return (... || (reason.value() == errors)); };
  const char* remedy = "choose another place";
  if (any_of(ENOSPC, EDQUOT, EFBIG)) remedy = "make room or choose another place";
  if (any_of(EACCES, EPERM, EROFS)) remedy = "choose a folder that you may write to";
  if (any_of(EISDIR)) remedy = "add the name of a file";
  throw Error(path.string() + ": cannot be written: " + reason.message() + "; " + remedy);
}

/// Closes in any case; whoever wants to know how that went closes it himself.
struct Descriptor {
  int number;
  ~Descriptor() { close(); }
  int close() { return number < 0 ? 0 : ::close(std::exchange(number, -1)); }
};

/// Which of the program's own outputs `path` is, by whatever name; -1: neither.
int standard_stream(const fs::path& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return -1;
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat open {};
    if (::fstat(stream, &open) == 0 && open.st_dev == file.st_dev && open.st_ino == file.st_ino) return stream;
  }
  return -1;
}

/// A path of this process only.
fs::path path_of(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

/// A new empty file in `folder` that has no name, so that it ends with the process, however that ends. -1 where the
/// file system knows no such files, or without /proc, by which alone they can be opened and named.
int make_unnamed(const fs::path& folder) {
  Descriptor file{::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666)};
  if (file.number < 0 || ::access(path_of(file.number).c_str(), W_OK) != 0) return -1;
  return std::exchange(file.number, -1);
}

/// A hidden name in `folder` that nobody else has, short whatever the target's is: the first that `take` can make.
template <class Take>
fs::path take_hidden_name(const fs::path& folder, const fs::path& wanted_for, const Take& take) {
  for (int number = 0;; ++number) {
    fs::path name = folder / (".inflight-" + std::to_string(::getpid()) + "-" + std::to_string(number) + ".part");
    if (take(name)) return name;
    if (errno != EEXIST) fail(wanted_for, last_error());
  }
}

bool make_named(const fs::path& name) {
  const Descriptor file{::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)};
  return file.number >= 0;
}

}  // namespace

PartFile::PartFile(fs::path path, Target target) : path_(std::move(path)) {
  if (!path_.has_filename()) throw Error(path_.string() + ": is no name for a file; add one");
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  const bool exists = fs::exists(status);
  if (fs::is_directory(status)) fail(path_, {EISDIR, std::generic_category()});
  if (exists && (!fs::is_regular_file(status) || standard_stream(path_) >= 0)) {
    if (target == Target::regular_file) throw Error(path_.string() + ": is not a regular file; give another name");
    if (::access(path_.c_str(), W_OK) != 0) fail(path_, last_error());
    part_ = path_;
    return;
  }
  error.clear();
  target_ = exists ? fs::canonical(path_, error) : path_;
  const fs::path folder = target_.parent_path();
  if (!exists && !folder.empty()) fs::create_directories(folder, error);
  if (error) fail(path_, error);
  unnamed_ = make_unnamed(folder);
  part_ = unnamed_ >= 0 ? path_of(unnamed_) : take_hidden_name(folder, path_, make_named);
}

PartFile::~PartFile() {
  std::error_code ignored;
  if (unnamed_ >= 0) {
    ::close(unnamed_);
  } else if (!target_.empty()) {
    fs::remove(part_, ignored);
  }
}

void PartFile::commit() {
  if (target_.empty()) return;
  if (unnamed_ >= 0) {  // a name can be given to it, but not one that is taken
    part_ = take_hidden_name(target_.parent_path(), path_, [this](const fs::path& name) {
      return ::linkat(AT_FDCWD, part_.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    });
    ::close(std::exchange(unnamed_, -1));
  }
  std::error_code error;
  fs::rename(part_, target_, error);
  if (error) fail(path_, error);
  target_.clear();
}

PartWriter::PartWriter(fs::path path) : file_(std::move(path)) {
  // Opened anew, a file behind standard output would be written from its start.
  const int stream = standard_stream(file_.part());
  out_ = stream >= 0 ? ::dup(stream) : ::open(file_.part().c_str(), O_WRONLY | O_CLOEXEC);
  if (out_ < 0) fail(file_.path(), last_error());
}

PartWriter::~PartWriter() {
  if (out_ >= 0) ::close(out_);
}

void PartWriter::write(std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(out_, content.data(), content.size());
    if (written < 0 && errno != EINTR) fail(file_.path(), last_error());
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PartWriter::commit() {
  if (::close(std::exchange(out_, -1)) != 0) fail(file_.path(), last_error());
  file_.commit();
}

void write_file(const fs::path& path, std::string_view content) {
  PartWriter file(path);
  file.write(content);
  file.commit();
}

}  // namespace inflight
