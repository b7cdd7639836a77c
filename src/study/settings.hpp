// Settings of a device as a record tells them.
#pragma once

#include <cstddef>

#include "inflight/infer/compile.hpp"
#include "inflight/report/compare_record.hpp"

namespace inflight {

/// What was asked; "-" where nothing was. `requests` 0: the choice was left open.
SettingsRecord asked_settings(const CompileOptions& asked, std::size_t requests);
/// What the device made of it, and the requests that were kept.
SettingsRecord given_settings(const DeviceSettings& given, std::size_t requests);

}  // namespace inflight
