#include "peak_memory.hpp"

#include <charconv>

#include "child_process.hpp"

namespace inflight::cli {

std::int64_t number_from_child(const std::vector<std::string>& arguments, const std::stop_token& stop) {
  const ChildResult child = run_child("/proc/self/exe", arguments, stop);
  std::int64_t number = 0;
  if (child.exit_code != 0) return number;
  std::from_chars(child.output.data(), child.output.data() + child.output.size(), number);
  return number;
}

}  // namespace inflight::cli
