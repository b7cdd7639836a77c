// The text messages between the program and its page, as JSON; docs/web-view.md lists them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inflight/sinks/live_view.hpp"

namespace inflight::web {

/// To the page: the figures, under their own names.
std::string figures_message(const LiveFigures& figures);

/// To the page, the last one: {"ended": true, "message": reason}.
std::string ended_message(std::string_view reason);

/// From the page: {"command": "queue"}. Nothing when it is anything else.
std::optional<LiveCommand> command_of_message(std::string_view message);

}  // namespace inflight::web
