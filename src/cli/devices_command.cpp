#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "common_options.hpp"
#include "inflight/base/error.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/infer/devices.hpp"
#include "inflight/infer/model.hpp"

namespace inflight::cli {
namespace {

int run(const CommonOptions& options) {
  ov::Core core;
  const auto devices = available_devices(core);
  if (devices.empty()) {
    throw Error("OpenVINO sees no device here; install its CPU plugin, or the driver of your GPU or NPU");
  }
  std::shared_ptr<ov::Model> model;
  if (!options.model.empty()) {
    model = read_model(core, options.model);
    if (!options.shape.empty()) reshape(*model, parse_shape(options.shape));
  }
  for (const DeviceInfo& device : devices) {
    fmt::print("{:<8} {}\n", device.id, device.name);
    if (!model) continue;
    for (const Hint hint : {Hint::latency, Hint::throughput}) {
      const auto settings = settings_of(compile(core, model, {.device = device.id, .hint = hint}));
      fmt::print("         {:<10} optimal requests {}, streams {}, precision {}\n", to_string(hint),
                 settings.optimal_requests, settings.streams, settings.precision);
    }
  }
  return exit_ok;
}

}  // namespace

void add_devices(CLI::App& app, const Context&, int& exit_code) {
  const auto options = std::make_shared<CommonOptions>();
  auto* command = app.add_subcommand("devices", "List the devices that OpenVINO can run on");
  command->add_option("-m,--model", options->model, "Also tell how many requests are optimal for this model")
      ->type_name("FILE");
  command->add_option("--shape", options->shape, "Shape of the model's input")->type_name("N,C,H,W");
  command->footer("Examples:\n  inflight devices\n  inflight devices --model face-detection.xml");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace inflight::cli
