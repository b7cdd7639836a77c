#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "common_options.hpp"
#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/infer/devices.hpp"
#include "inflight/infer/model.hpp"
#include "inflight/vision/adapter.hpp"
#include "inflight/vision/overlay.hpp"
#include "named_file.hpp"
#include "outputs.hpp"

namespace inflight::cli {
namespace {

constexpr const char* footer =
    "With --model it tells what each device makes of it, for the latency and the throughput hint or the one that is\n"
    "given. --device asks for one device, which may be AUTO, MULTI or another that stands for several.\n"
    "\n"
    "Examples:\n"
    "  inflight devices\n"
    "  inflight devices --model face-detection.xml\n"
    "  inflight devices --model face-detection.xml --device AUTO:CPU --precision f32 --json -";

struct Options {
  CommonOptions common;
  bool one_device = false;  ///< --device was given
  std::string json;
};

/// A device, and what it makes of the model.
struct Found {
  DeviceInfo device;
  std::vector<std::pair<Hint, DeviceSettings>> settings;
};

/// Those that were found until `stop` was requested.
std::vector<Found> find_devices(const Options& options, const std::stop_token& stop) {
  ov::Core core;
  std::vector<DeviceInfo> devices =
      options.one_device ? std::vector{device_named(core, options.common.device)} : available_devices(core);
  if (devices.empty())
    throw Error("OpenVINO sees no device here; install its CPU plugin, or the driver of your GPU or NPU");
  std::shared_ptr<ov::Model> model;
  if (!options.common.model.empty()) {
    model = read_model(core, options.common.model);
    if (!options.common.shape.empty()) reshape(*model, parse_shape(options.common.shape));
    if (options.common.model_type != "auto") make_adapter(options.common.model_type, outputs_of(*model));
  }
  std::vector<Found> all;
  for (DeviceInfo& device : devices) {
    Found& found = all.emplace_back(Found{std::move(device), {}});
    if (!model) continue;
    for (const char* way : {"sync", "queue"}) {  // which ask for the one hint and the other
      CompileOptions asked = way_options(options.common, way).compile;
      asked.device = found.device.id;
      if (stop.stop_requested()) return all;
      if (!found.settings.empty() && found.settings.back().first == asked.hint) continue;
      found.settings.emplace_back(asked.hint, settings_of(compile(core, model, asked)));
    }
  }
  return all;
}

std::string as_text(const std::vector<Found>& all) {
  std::string text;
  for (const auto& [device, settings] : all) {
    text += fmt::format("{:<8} {}\n", device.id, device.name);
    for (const auto& [hint, given] : settings) {
      text += fmt::format("         {:<10} optimal requests {}, streams {}, precision {}\n", to_string(hint),
                          given.optimal_requests, given.streams, given.precision);
    }
  }
  return text;
}

std::string as_json(const std::vector<Found>& all) {
  auto devices = nlohmann::ordered_json::array();
  for (const auto& [device, settings] : all) {
    auto hints = nlohmann::ordered_json::array();
    for (const auto& [hint, given] : settings) {
      hints.push_back({{"hint", to_string(hint)},
                       {"optimal_requests", given.optimal_requests},
                       {"streams", given.streams},
                       {"threads", given.threads},
                       {"precision", given.precision}});
    }
    devices.push_back({{"device", device.id}, {"name", device.name}, {"settings", std::move(hints)}});
  }
  return nlohmann::ordered_json{{"schema", 1}, {"devices", std::move(devices)}}.dump(2) + '\n';
}

int run(const Options& options, const Context& context) {
  check_outputs({{"--json", options.json}}, files_read(options.common));
  image_model_options(options.common);  // wrong ones are wrong here too
  if (!options.common.labels.empty()) read_labels(options.common.labels);
  const std::vector<Found> all = find_devices(options, context.stop);
  Outputs outputs(options.json == "-");
  outputs.give([&] { print_now(options.json == "-" ? as_json(all) : as_text(all)); });
  if (options.json != "-") {
    outputs.file(options.json, [&](const std::string& path) { write_file(path, as_json(all)); });
  }
  outputs.rethrow_first_error();
  return context.stop.stop_requested() ? exit_interrupted : exit_ok;
}

}  // namespace

void add_devices(CLI::App& app, const Context& context, int& exit_code) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("devices", "List the devices that OpenVINO can run on");
  add_model_options(*command, options->common, false);
  command->add_option("--json", options->json, "Write the list as JSON; - for standard output")->type_name("FILE");
  command->footer(footer);
  command->callback([options, command, &context, &exit_code] {
    options->one_device = command->count("--device") > 0;
    exit_code = run(*options, context);
  });
}

}  // namespace inflight::cli
