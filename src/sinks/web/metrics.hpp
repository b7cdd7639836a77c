// The figures as text for Prometheus.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inflight/sinks/live_figures.hpp"

namespace inflight::web {

/// What the web view counts of itself.
struct WebCounts {
  std::size_t viewers = 0;     ///< pages that are connected
  std::int64_t encoded = 0;    ///< pictures made into JPEG files, each once for all viewers
  std::int64_t sent = 0;       ///< pictures given to viewers
  std::int64_t overtaken = 0;  ///< pictures that a viewer was too slow for
};

/// In the text format 0.0.4, all names `inflight_*`. Without figures: the view's own counts only.
std::string metrics_text(const std::optional<LiveFigures>& figures, const WebCounts& counts);

}  // namespace inflight::web
