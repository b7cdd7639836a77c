// Which threads of the process do what, told by when they appeared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "inflight/measure/thread_times.hpp"

namespace inflight {

/// Libraries name few of their threads; but what appears while a model is compiled is OpenVINO's, and so on.
/// Thread: one at a time.
class ThreadRoles {
 public:
  /// Gives all threads that have no role this one.
  void claim(const std::string& role);
  /// Gives a thread another role.
  void set(int thread, const std::string& role) { roles_[thread] = role; }

  struct Used {
    int threads = 0;
    Seconds cpu{0};
  };
  /// What was used between two readings of `thread_times`, by role; by threads without one under `other`.
  std::map<std::string, Used> used(const std::vector<ThreadTime>& before, const std::vector<ThreadTime>& after,
                                   const std::string& other) const;

 private:
  std::map<int, std::string> roles_;
};

/// The system's number of the calling thread.
int this_thread();

}  // namespace inflight
