#include "json_values.hpp"

namespace inflight::report {

Json machine_json(const MachineRecord& machine) {
  return {{"cpu", told(machine.cpu)},
          {"cores", positive(machine.cores)},
          {"quota_cores", measured(machine.quota)},
          {"memory_bytes", positive(machine.memory)},
          {"kernel", told(machine.kernel)}};
}

Json software_json(const MachineRecord& machine) {
  auto plugins = Json::object();
  for (const auto& [device, version] : machine.plugins) plugins[device] = version;
  return {{"inflight", told(machine.inflight)},
          {"openvino", told(machine.openvino)},
          {"ffmpeg", told(machine.ffmpeg)},
          {"plugins", std::move(plugins)}};
}

}  // namespace inflight::report
