#include "child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace inflight::cli {
namespace {

/// A process to be: its files and signals.
class Spawn {
 public:
  Spawn() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
    // The child is interrupted as its parent is, by default action: nobody waits for its report. Nor does it look at
    // every write, as its parent does.
    sigset_t none, ignored_here;
    sigemptyset(&none);
    sigemptyset(&ignored_here);
    sigaddset(&ignored_here, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &ignored_here);
    posix_spawnattr_setflags(&attributes_, flags_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  void put(int file, int as) { posix_spawn_file_actions_adddup2(&files_, file, as); }
  void silence(int file) { posix_spawn_file_actions_addopen(&files_, file, "/dev/null", O_WRONLY, 0); }
  /// Out of the reach of the terminal and its Ctrl-C.
  void leave_session() { posix_spawnattr_setflags(&attributes_, static_cast<short>(flags_ | POSIX_SPAWN_SETSID)); }

  pid_t start(std::string program, std::vector<std::string> arguments) {
    std::vector<char*> pointers{program.data()};
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t child = -1;
    return posix_spawnp(&child, program.c_str(), &files_, &attributes_, pointers.data(), environ) == 0 ? child : -1;
  }

 private:
  static constexpr short flags_ = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

class Pipe {
 public:
  Pipe() { open_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    close_writing();
    if (open_) ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  bool is_open() const { return open_; }
  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void close_writing() {
    if (open_ && ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool open_ = false;
};

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Both at once, so that a child that fills one of the pipes is not left waiting.
void read_all(int output_file, std::string& output, int error_file, std::string& errors) {
  std::array<pollfd, 2> files{{{output_file, POLLIN, 0}, {error_file, POLLIN, 0}}};
  const std::array<std::string*, 2> texts{&output, &errors};
  std::array<char, 4096> buffer{};
  while (files[0].fd >= 0 || files[1].fd >= 0) {
    if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].fd < 0 || files[i].revents == 0) continue;
      const ssize_t count = ::read(files[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      } else if (count == 0 || errno != EINTR) {
        files[i].fd = -1;  // poll passes over it
      }
    }
  }
}

}  // namespace

ChildResult run_child(const std::string& program, const std::vector<std::string>& arguments,
                      const std::stop_token& stop) {
  ChildResult result;
  Pipe output, errors;
  if (!output.is_open() || !errors.is_open()) return result;
  Spawn spawn;
  spawn.put(output.writing(), STDOUT_FILENO);
  spawn.put(errors.writing(), STDERR_FILENO);
  const pid_t child = spawn.start(program, arguments);
  output.close_writing();
  errors.close_writing();
  if (child <= 0) return result;
  result.started = true;
  {
    // Until the wait below, the process number is nobody else's.
    const std::stop_callback end_of_child(stop, [child] { ::kill(child, SIGKILL); });
    read_all(output.reading(), result.output, errors.reading(), result.errors);
  }
  const int status = wait_for(child);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

bool start_apart(const std::string& program, const std::vector<std::string>& arguments) {
  Spawn spawn;
  spawn.silence(STDOUT_FILENO);
  spawn.silence(STDERR_FILENO);
  spawn.leave_session();
  const pid_t child = spawn.start(program, arguments);
  if (child <= 0) return false;
  // It may end long before this program or long after: this thread holds nothing, and only takes its exit status.
  std::thread([child] { wait_for(child); }).detach();
  return true;
}

}  // namespace inflight::cli
