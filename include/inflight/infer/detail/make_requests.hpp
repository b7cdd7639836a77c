// How many requests a queue has. Not for direct use.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>
#include <openvino/runtime/properties.hpp>

#include "inflight/infer/queue_options.hpp"

namespace inflight::detail {

/// Of so many requests, those that only replace lost ones. Throws: std::invalid_argument when none would be left.
inline std::size_t spares(std::size_t requests, const QueueOptions& options) {
  const WatchdogOptions& watchdog = options.watchdog;
  if (watchdog.limit.count() < 0 || watchdog.grace.count() < 0 || options.shutdown_grace.count() < 0) {
    throw std::invalid_argument("AsyncInferQueue: a limit or grace is negative; give a duration of zero or more");
  }
  const std::size_t spares = watchdog.limit.count() > 0 ? watchdog.spares : 0;
  if (requests <= spares) {
    throw std::invalid_argument(std::string("AsyncInferQueue: it needs at least one request") +
                                (spares > 0 ? " besides the watchdog's spares; give it more, or ask for fewer spares"
                                            : "; give it what create_infer_request makes"));
  }
  return spares;
}

/// See QueueOptions::requests.
inline std::size_t default_requests(ov::CompiledModel& compiled, Order order) {
  const std::size_t optimal = compiled.get_property(ov::optimal_number_of_infer_requests);
  if (order == Order::as_completed) return 2 * optimal;
  std::size_t streams = optimal;
  try {
    streams = static_cast<std::size_t>(std::max(1, static_cast<int>(compiled.get_property(ov::num_streams))));
  } catch (const ov::Exception&) {  // a device without streams: one for each of its optimal requests
  }
  return std::max(2 * optimal, 4 * streams);
}

inline std::vector<ov::InferRequest> make_requests(ov::CompiledModel& compiled, const QueueOptions& options) {
  constexpr std::size_t most = 10'000;  // far beyond use: a negative number, perhaps
  if (!compiled) throw std::invalid_argument("AsyncInferQueue: the compiled model is empty; compile one first");
  if (options.requests > most) {
    throw std::invalid_argument("AsyncInferQueue: more than 10000 requests, or a negative number; 0 chooses for you");
  }
  if (options.watchdog.spares > most) {
    throw std::invalid_argument("AsyncInferQueue: more than 10000 spares, or a negative number; one is usual");
  }
  std::size_t count = options.requests > 0 ? options.requests : default_requests(compiled, options.order);
  count += spares(count + options.watchdog.spares, options);
  std::vector<ov::InferRequest> requests;
  requests.reserve(count);
  for (std::size_t i = 0; i < count; ++i) requests.push_back(compiled.create_infer_request());
  return requests;
}

}  // namespace inflight::detail
