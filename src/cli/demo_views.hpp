// Where a demonstration is shown, as the command line says.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "inflight/sinks/live_view.hpp"

namespace inflight::cli {

struct DemoViewOptions {
  std::string kind;  ///< "window", "web", "none"; empty: a window where there is a display, else the page
  std::string output;
  std::string size;        ///< as given; empty: what suits each
  Size canvas{1280, 720};  ///< of window and video
  Size page{960, 540};     ///< what the page's picture fits into
  double render_fps = 30;
  std::optional<std::uint16_t> port;  ///< of the page; nothing: not given
  std::string listen;                 ///< address of the page; empty: not given
  bool open = false;
};

void add_view_options(CLI::App& command, DemoViewOptions& options);

/// Chooses a kind where none was given, and sizes. Throws: UsageError for options that do not go together.
void settle_view(DemoViewOptions& options);

/// Tells at once what would keep the view from being made: source and model may take long. Throws: as make_views.
void require_view(const DemoViewOptions& options);

/// Makes the view, and tells through `announce` where it is to be seen. `endless`: it ends when asked to. Throws: Error
/// as the views do.
std::unique_ptr<LiveView> make_views(const DemoViewOptions& options, LiveCommands commands, bool endless,
                                     const std::function<void(const std::string&)>& announce);

}  // namespace inflight::cli
