// A model that waits instead of computing: what a program does while an accelerator works, without one.
#pragma once

#include <memory>

#include <openvino/core/model.hpp>

#include "inflight/base/clock.hpp"

namespace inflight {

/// Begins the name of every model that is simulated, also once it is compiled.
inline constexpr const char* simulated_prefix = "SIMULATED ";

/// A model with the inputs and outputs of `model`: names, types, shapes. What lies between them sleeps for `execution`
/// and gives zeros; an open dimension is 1. For the CPU device: each of its streams stands for one unit of the
/// accelerator, executes one inference at a time, and keeps no processor busy.
///
/// It simulates the waiting and nothing else: no transfer of inputs and outputs, no batching inside the device, no
/// clock that slows when it is hot, no driver that wants processor time. It cannot be kept in a cache of compiled
/// models. Throws: UsageError when `execution` is not more than nothing.
std::shared_ptr<ov::Model> simulate_accelerator(const ov::Model& model, Milliseconds execution);

}  // namespace inflight
