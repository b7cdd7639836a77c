// Python's AsyncInferQueue in a process of its own, which runs items when it is told to.
#pragma once

#include <sys/types.h>
#include <cstddef>
#include <cstdio>
#include <string>

namespace inflight::bench {

/// bench/python_queue.py, started and ready; it ends with this object.
class PythonQueue {
 public:
  /// Throws: std::runtime_error that says by name what is not there, Python or a module of it.
  PythonQueue(const std::string& python, std::size_t requests);
  ~PythonQueue();
  PythonQueue(const PythonQueue&) = delete;
  PythonQueue& operator=(const PythonQueue&) = delete;

  /// OpenVINO's, as Python says it.
  const std::string& version() const noexcept { return version_; }

  /// "array" or "bare", see the script. Returns: the seconds that Python measured.
  double run(const char* way, long items);

 private:
  std::string answer();
  void end() noexcept;

  pid_t process_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  std::string version_;
};

}  // namespace inflight::bench
