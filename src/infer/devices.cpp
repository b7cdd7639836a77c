#include "inflight/infer/devices.hpp"

#include <openvino/core/version.hpp>
#include <openvino/runtime/properties.hpp>

#include "device_name.hpp"

namespace inflight {

namespace {

DeviceInfo physical_device(ov::Core& core, const std::string& id) {
  std::string name;
  try {
    name = core.get_property(id, ov::device::full_name);
  } catch (const ov::Exception&) {  // a device without a name is still a device
    name = "-";
  }
  const auto end = name.find_last_not_of(' ');  // CPU brand strings are padded with blanks
  return {id, name.substr(0, end + 1)};
}

}  // namespace

std::vector<DeviceInfo> available_devices(ov::Core& core) {
  std::vector<DeviceInfo> devices;
  for (const std::string& id : core.get_available_devices()) devices.push_back(physical_device(core, id));
  return devices;
}

DeviceInfo device_named(ov::Core& core, const std::string& name) {
  const DeviceName parsed = parse_device(name);
  check_device(core, parsed);
  if (!parsed.is_virtual) return physical_device(core, name);
  std::string plugins = "by";
  for (const auto& [plugin, version] : plugin_versions(core, name)) plugins += " " + plugin;
  return {name, plugins};
}

std::string device_list(ov::Core& core) {
  std::string list;
  for (const std::string& id : core.get_available_devices()) list += (list.empty() ? "" : ", ") + id;
  return list;
}

std::vector<std::pair<std::string, std::string>> plugin_versions(ov::Core& core, const std::string& device) {
  std::vector<std::pair<std::string, std::string>> versions;
  try {
    for (const auto& [name, version] : core.get_versions(device)) versions.emplace_back(name, version.buildNumber);
  } catch (const std::exception&) {  // of a device that is none, compiling tells more
  }
  return versions;
}

std::string openvino_version() { return ov::get_openvino_version().buildNumber; }

}  // namespace inflight
