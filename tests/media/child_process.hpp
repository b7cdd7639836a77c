// A program that a test starts, stops for a while, and kills by its process id.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

namespace inflight {

/// Runs from construction to `kill` or destruction. Its standard output can be read.
class ChildProcess {
 public:
  explicit ChildProcess(std::vector<std::string> command) {
    std::array<int, 2> output{};
    if (pipe2(output.data(), O_CLOEXEC) != 0) return;
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    id_ = fork();
    if (id_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves nothing behind
      if (getppid() != parent) _exit(127);
      dup2(output[1], STDOUT_FILENO);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    close(output[1]);
    output_ = output[0];
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    kill();
    close(output_);
  }

  /// The next line that it prints; empty at the end. Blocks until it is there.
  std::string line() const {
    std::string text;
    for (char letter = 0; ::read(output_, &letter, 1) == 1 && letter != '\n';) text += letter;
    return text;
  }
  void signal(int number) const {
    if (id_ > 0) ::kill(id_, number);
  }
  void kill() {
    signal(SIGKILL);
    wait();
  }
  /// Until it ends by itself.
  void wait() {
    if (id_ > 0) waitpid(id_, nullptr, 0);
    id_ = -1;
  }

 private:
  pid_t id_ = -1;
  int output_ = -1;
};

}  // namespace inflight
