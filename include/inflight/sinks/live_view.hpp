// How a live demonstration is shown, and how its viewers answer.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "inflight/base/size.hpp"
#include "inflight/draw/canvas.hpp"
#include "inflight/sinks/live_figures.hpp"

namespace inflight {

/// What a viewer may ask for, by key or by button.
enum class LiveCommand { sync, two_requests, queue, more_requests, fewer_requests, hint, pause, restart, quit };

/// The command of a key: "s t a + - l p r q"; space and ESC are for keyboards: pause and quit.
std::optional<LiveCommand> command_of_key(char key) noexcept;
/// The command of a name in a page's messages: "sync", "two-requests", "queue", "more", "fewer", "hint", "pause",
/// "restart", "quit".
std::optional<LiveCommand> command_of_name(std::string_view name) noexcept;

/// Takes commands. Thread: any. Blocks: never. Throws: never.
using LiveCommands = std::function<void(LiveCommand)>;

/// One place where the demonstration is shown: window, page, file. Thread: all calls come from the one that draws, the
/// constructor's and destructor's too.
class LiveView {
 public:
  virtual ~LiveView() = default;

  /// Whether anybody would see a picture now; without, none is painted. Once it turns true, the next `show` brings one,
  /// also of a picture that stands still: the new viewer has none.
  virtual bool wants_picture() const = 0;

  /// The size at which an upright frame of that size would be shown now. A picture of another size is scaled once more,
  /// and the text in it with it.
  virtual Size picture_size(int frame_width, int frame_height) const = 0;

  /// Shows a new picture (the frame with its boxes; null: there is no new one) with the figures. Called about as often
  /// as the demonstration renders, also while the picture stands still. Blocks: for drawing and encoding, never for a
  /// viewer. Throws: Error when nothing can be shown any more (a full disk).
  virtual void show(const Canvas* picture, const LiveFigures& figures) = 0;

  /// The end, once: completes what is written, tells the viewers why. Throws: Error when a file cannot be completed.
  virtual void finish(std::string_view reason) = 0;
};

}  // namespace inflight
