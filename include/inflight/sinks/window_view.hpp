// The demonstration in a window.
#pragma once

#include <memory>
#include <string>

#include "inflight/sinks/live_view.hpp"

namespace inflight {

/// What the window looks like at first.
struct WindowOptions {
  std::string title = "inflight demo";
  int width = 1280;  ///< pixels, to begin with
  int height = 720;
};

/// Opens a window (SDL2, also on its software renderer) that shows picture and dashboard. Keys are commands; closing
/// the window and ESC are `quit`. Throws: Error when there is no display, with what to do.
std::unique_ptr<LiveView> make_window_view(const WindowOptions& options, LiveCommands commands);

/// Throws: Error when no window could be opened now, with what to do. Blocks: for a moment.
void require_display();

/// Whether the environment names a display to open a window on.
bool has_display();

}  // namespace inflight
