#include "fingerprint.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "inflight/infer/devices.hpp"
#include "inflight/measure/cpu_group.hpp"
#include "inflight/measure/host_load.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "inflight/media/file_hash.hpp"
#include "inflight/version.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

/// A model's file, and that of its weights where the format has one beside it.
std::vector<fs::path> files_of_model(const fs::path& model) {
  std::vector<fs::path> files{model};
  for (const auto& [ending, weights] : {std::pair{".xml", ".bin"}, std::pair{".pdmodel", ".pdiparams"}}) {
    fs::path beside = model;
    beside.replace_extension(weights);
    std::error_code none;
    if (model.extension() == ending && fs::exists(beside, none)) files.push_back(beside);
  }
  return files;
}

}  // namespace

MachineRecord take_fingerprint(ov::Core& core, const FingerprintOf& of, const std::stop_token& stop) {
  MachineRecord record;
  record.cpu = cpu_name();
  record.cores = usable_cores();
  record.quota = cpu_group().quota;
  record.memory = total_memory();
  record.kernel = kernel_name();
  record.inflight = version();
  record.openvino = openvino_version();
  record.ffmpeg = ffmpeg_version();
  for (const std::string& device : of.devices) {
    for (auto& plugin : plugin_versions(core, device)) {
      if (std::ranges::find(record.plugins, plugin) == record.plugins.end()) record.plugins.push_back(plugin);
    }
  }
  record.model_sha256 = sha256_of(files_of_model(of.model), stop);
  record.clip_sha256 = sha256_of({of.clip}, stop);
  record.command = of.command;
  record.command.insert(record.command.begin(), "inflight");
  return record;
}

}  // namespace inflight
