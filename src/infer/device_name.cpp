#include "device_name.hpp"

#include <algorithm>

#include "inflight/base/error.hpp"
#include "inflight/infer/devices.hpp"

namespace inflight {

DeviceName parse_device(const std::string& text) {
  const auto colon = text.find(':');
  DeviceName name{text, text.substr(0, colon), {}, false};
  for (const char* known : {"AUTO", "HETERO", "MULTI", "BATCH"}) name.is_virtual |= name.first == known;
  if (colon == std::string::npos) return name;
  const bool may_leave_out = name.first == "AUTO" || name.first == "MULTI";
  for (std::size_t begin = colon + 1; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    const std::string part = text.substr(begin, end - begin);
    // "GPU(4)" of MULTI and BATCH carries a number; "-GPU" leaves a device out, whether it is here or not.
    if (!may_leave_out || !part.starts_with('-')) name.behind.push_back(part.substr(0, part.find('(')));
    begin = end + 1;
  }
  return name;
}

void check_device(ov::Core& core, const DeviceName& name) {
  if (name.is_virtual && name.first != "AUTO" && name.behind.empty()) {
    throw UsageError("--device " + name.text + ": name the devices behind it, for example " + name.first + ":CPU");
  }
  const auto available = core.get_available_devices();
  const auto exists = [&](const std::string& id) {
    return std::any_of(available.begin(), available.end(), [&](const std::string& have) {
      return have == id || have.starts_with(id + ".") || id.starts_with(have + ".");
    });
  };
  std::vector<std::string> wanted = name.behind;
  if (!name.is_virtual) wanted.push_back(name.first);
  for (const std::string& id : wanted) {
    if (!id.empty() && exists(id)) continue;
    throw UsageError("--device " + name.text + ": there is no device " + (id.empty() ? "''" : id) +
                     " here; OpenVINO sees " + device_list(core) + " (and AUTO, HETERO, MULTI, BATCH over them)");
  }
}

}  // namespace inflight
