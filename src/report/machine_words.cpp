#include "machine_words.hpp"

#include <fmt/format.h>

namespace inflight::report {
namespace {

constexpr std::size_t shown_digits = 12;

/// In single quotes where a shell would take it apart.
std::string quoted(const std::string& word) {
  constexpr auto harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "_-+=:,./@%^";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string joined(const std::vector<std::string>& parts) {
  std::string result;
  for (const auto& part : parts) {
    if (!part.empty()) result += (result.empty() ? "" : ", ") + part;
  }
  return result;
}

std::string prefixed(const std::string& prefix, const std::string& text) {
  return text.empty() ? text : prefix + " " + text;
}

std::string machine_sentence(const MachineRecord& machine) {
  const auto cores =
      machine.cores > 0 ? fmt::format("{} {}", machine.cores, machine.cores == 1 ? "core" : "cores") : "";
  const auto quota = machine.quota > 0 ? fmt::format("quota {:.3g} cores", machine.quota) : "";
  const auto memory = machine.memory > 0 ? fmt::format("{:.1f} GB", static_cast<double>(machine.memory) / 1e9) : "";
  return joined({machine.cpu, cores, quota, memory, machine.kernel});
}

std::string software_sentence(const MachineRecord& machine) {
  std::vector<std::string> plugins;
  plugins.reserve(machine.plugins.size());
  for (const auto& [device, version] : machine.plugins) {
    plugins.push_back(version == machine.openvino ? device : prefixed(device, version));
  }
  const auto behind = joined(plugins);
  const auto openvino = prefixed("OpenVINO", machine.openvino) + (behind.empty() ? "" : " (" + behind + ")");
  return joined({prefixed("inflight", machine.inflight), openvino, prefixed("FFmpeg", machine.ffmpeg)});
}

std::string hashes_sentence(const MachineRecord& machine) {
  return joined({prefixed("model", machine.model_sha256.substr(0, shown_digits)),
                 prefixed("clip", machine.clip_sha256.substr(0, shown_digits))});
}

std::string command_line(const MachineRecord& machine) {
  std::string text;
  for (const auto& word : machine.command) text += (text.empty() ? "" : " ") + quoted(word);
  return text;
}

}  // namespace inflight::report
