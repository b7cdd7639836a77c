#include "peak_memory.hpp"

#include <array>
#include <charconv>
#include <csignal>

#include <fcntl.h>
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
    // The child is interrupted as its parent is, by default action: nobody waits for its report.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  void stdout_to(int file) { posix_spawn_file_actions_adddup2(&files_, file, STDOUT_FILENO); }

  pid_t start(const std::vector<std::string>& arguments) {
    std::string program = "/proc/self/exe";
    std::vector<std::string> copies = arguments;
    std::vector<char*> pointers{program.data()};
    for (std::string& copy : copies) pointers.push_back(copy.data());
    pointers.push_back(nullptr);
    pid_t child = -1;
    return posix_spawn(&child, program.c_str(), &files_, &attributes_, pointers.data(), environ) == 0 ? child : -1;
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

std::string read_all(int file) {
  std::string text;
  std::array<char, 256> buffer;
  for (ssize_t count; (count = ::read(file, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

std::int64_t number_from_child(const std::vector<std::string>& arguments, const std::stop_token& stop) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return 0;
  Spawn spawn;
  spawn.stdout_to(pipe[1]);
  const pid_t child = spawn.start(arguments);
  ::close(pipe[1]);
  std::string text;
  if (child > 0) {
    // Until the wait below, the process number is nobody else's.
    const std::stop_callback end_of_child(stop, [child] { ::kill(child, SIGKILL); });
    text = read_all(pipe[0]);
  }
  ::close(pipe[0]);
  if (child <= 0) return 0;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  std::int64_t number = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace inflight::cli
