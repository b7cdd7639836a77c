#include "python_queue.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace inflight::bench {
namespace {

constexpr const char* script = INFLIGHT_ROOT "/bench/python_queue.py";

struct Pipe {
  std::array<int, 2> ends{};

  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to Python");
  }
};

/// Python, with these ends as its input and output; -1 when it does not start.
pid_t start(std::string python, std::string requests, int input, int output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  std::string file = script, no_bytecode = "-B";
  std::array<char*, 5> words{python.data(), no_bytecode.data(), file.data(), requests.data(), nullptr};
  pid_t process = -1;
  const int error = posix_spawn(&process, python.c_str(), &files, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  return error == 0 ? process : -1;
}

}  // namespace

PythonQueue::PythonQueue(const std::string& python, std::size_t requests) {
  std::signal(SIGPIPE, SIG_IGN);  // a Python that is gone is told by its silence
  const Pipe there, back;
  process_ = start(python, std::to_string(requests), there.ends[0], back.ends[1]);
  close(there.ends[0]);
  close(back.ends[1]);
  to_ = fdopen(there.ends[1], "w");
  from_ = fdopen(back.ends[0], "r");
  const std::string said = process_ < 0 ? "" : answer();
  if (said.starts_with("ready ")) {
    version_ = said.substr(6);
    return;
  }
  end();
  if (said.starts_with("missing ")) {
    throw std::runtime_error(fmt::format("{} has no module {}", python, said.substr(8)));
  }
  throw std::runtime_error(process_ < 0 ? python + " does not start" : "bench/python_queue.py failed");
}

PythonQueue::~PythonQueue() { end(); }

void PythonQueue::end() noexcept {
  std::fclose(to_);  // the script ends with its input
  std::fclose(from_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

std::string PythonQueue::answer() {
  std::array<char, 256> line{};
  if (std::fgets(line.data(), line.size(), from_) == nullptr) return "";
  std::string said = line.data();
  if (said.ends_with('\n')) said.pop_back();
  return said;
}

double PythonQueue::run(const char* way, long items) {
  fmt::print(to_, "{} {}\n", way, items);
  std::fflush(to_);
  const std::string said = answer();
  if (said.empty()) throw std::runtime_error("bench/python_queue.py ended in the middle of the rounds");
  return std::stod(said);
}

}  // namespace inflight::bench
