#include "interrupt.hpp"

#include <csignal>
#include <cstdio>

#include <pthread.h>
#include <unistd.h>

#include "commands.hpp"

namespace inflight::cli {
namespace {

/// Sent to the watcher by the destructor; nobody else sends it.
constexpr int end_of_watch = SIGUSR1;

sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, end_of_watch}) sigaddset(&set, signal);
  return set;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t set = watched_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
  pthread_kill(watcher_.native_handle(), end_of_watch);
  watcher_.join();
}

void Interrupt::watch() {
  const sigset_t set = watched_signals();
  for (int signal = 0; sigwait(&set, &signal) == 0 && signal != end_of_watch;) {
    if (!source_.request_stop()) ::_exit(exit_interrupted);
    std::fputs("\ninflight: finishing with what there is; once more stops at once\n", stderr);
  }
}

}  // namespace inflight::cli
