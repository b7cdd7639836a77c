#include "settings.hpp"

#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace inflight {
namespace {

std::string number_or_dash(std::size_t value) { return value == 0 ? "-" : std::to_string(value); }

}  // namespace

SettingsRecord asked_settings(const CompileOptions& asked, std::size_t requests) {
  return {asked.device,
          to_string(asked.hint),
          number_or_dash(static_cast<std::size_t>(asked.streams)),
          number_or_dash(static_cast<std::size_t>(asked.threads)),
          number_or_dash(requests),
          asked.precision.empty() ? "-" : asked.precision,
          fmt::format("{}", fmt::join(asked.properties, ", "))};
}

SettingsRecord given_settings(const DeviceSettings& given, std::size_t requests) {
  return {given.device, given.hint, given.streams, given.threads, std::to_string(requests), given.precision};
}

}  // namespace inflight
