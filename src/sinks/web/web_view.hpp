// For tests: the web view with other limits than a user's.
#pragma once

#include <memory>

#include "inflight/sinks/web_view.hpp"
#include "limits.hpp"

namespace inflight::web {

std::unique_ptr<WebView> make_web_view(const WebOptions& options, LiveCommands commands, const Limits& limits);

}  // namespace inflight::web
