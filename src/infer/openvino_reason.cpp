#include "inflight/infer/openvino_reason.hpp"

#include <sstream>

#include "inflight/base/error.hpp"

namespace inflight {

std::string openvino_reason(const std::exception& error) {
  constexpr std::size_t longest = 200;
  const std::string text = error.what();
  std::istringstream lines(text);
  std::string reason;
  for (std::string line; reason.empty() && std::getline(lines, line);) {
    line = first_line(line);
    // "[AUTO] compile model failed, CPU:Exception from src/..." is a trace as well, of a device behind another.
    const bool trace = line.find("Exception from ") != std::string::npos || line.starts_with("Check '") ||
                       line.starts_with("[ ") || line.starts_with("FrontEnd API failed") ||
                       line.starts_with("While validating node") || line.find(" failed at src/") != std::string::npos;
    if (!trace && !line.empty()) reason = line;
  }
  if (reason.empty()) reason = first_line(text);
  if (reason.size() > longest) reason = reason.substr(0, longest) + "...";
  return reason;
}

}  // namespace inflight
