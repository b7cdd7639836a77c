#include "inflight/sinks/window_view.hpp"

#include <SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "inflight/base/error.hpp"
#include "inflight/sinks/dashboard.hpp"
#include "last_picture.hpp"

namespace inflight {

namespace {

constexpr int least_side = 320;  // of the window, where its manager obeys

const char* setting(const char* name) noexcept {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody here sets any
  return value && *value ? value : nullptr;
}

std::string described(const char* name) {
  const char* value = setting(name);
  return value ? fmt::format("{} is \"{}\"", name, value) : fmt::format("{} is not set", name);
}

Error no_window(std::string_view reason) {
  return Error(
      fmt::format("no window can be opened ({}; {}{}{}); start it on a desktop, or use --view web, or --view "
                  "none --output FILE",
                  described("DISPLAY"), described("WAYLAND_DISPLAY"), reason.empty() ? "" : "; SDL: ", reason));
}

/// SDL's video from here to the end of the scope. Signals stay with the program.
class Video {
 public:
  Video() {
    SDL_SetMainReady();
    SDL_SetHintWithPriority(SDL_HINT_NO_SIGNAL_HANDLERS, "1", SDL_HINT_OVERRIDE);
    // Without a desktop SDL would take over the console. SDL_VIDEODRIVER goes before this.
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "x11,wayland", SDL_HINT_DEFAULT);
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // no OpenGL under the software renderer
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) throw no_window(SDL_GetError());
  }
  ~Video() {
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    if (SDL_WasInit(0) == 0) SDL_Quit();  // nobody else in this program uses it
  }
  Video(const Video&) = delete;
  Video& operator=(const Video&) = delete;
};

struct Deleter {
  void operator()(SDL_Window* window) const noexcept { SDL_DestroyWindow(window); }
  void operator()(SDL_Renderer* renderer) const noexcept { SDL_DestroyRenderer(renderer); }
  void operator()(SDL_Texture* texture) const noexcept { SDL_DestroyTexture(texture); }
};
template <typename T>
using Handle = std::unique_ptr<T, Deleter>;

/// The command of a key; letters by what is printed on them, plus and minus also on the number pad.
std::optional<LiveCommand> command_of(const SDL_KeyboardEvent& key) noexcept {
  const SDL_Keysym& pressed = key.keysym;
  if ((pressed.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return std::nullopt;  // the window manager's
  std::optional<LiveCommand> command;
  if (pressed.sym == SDLK_KP_PLUS || (pressed.sym == SDLK_EQUALS && (pressed.mod & KMOD_SHIFT) != 0)) {
    command = LiveCommand::more_requests;
  } else if (pressed.sym == SDLK_KP_MINUS) {
    command = LiveCommand::fewer_requests;
  } else if (pressed.sym > 0 && pressed.sym < 128) {
    command = command_of_key(static_cast<char>(pressed.sym));
  }
  // A key that is held changes a count step by step, and nothing else again and again.
  const bool steps = command == LiveCommand::more_requests || command == LiveCommand::fewer_requests;
  return key.repeat != 0 && !steps ? std::nullopt : command;
}

class WindowView final : public LiveView {
 public:
  WindowView(const WindowOptions& options, LiveCommands commands) : commands_(std::move(commands)) {
    window_.reset(SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                   options.width, options.height, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI));
    if (!window_) throw no_window(SDL_GetError());
    // The canvas is drawn by the processor, and all there is left to do is to copy it. Where there is no graphics card,
    // OpenGL takes cores and memory for that (docs/architecture.md, Decisions); but Wayland has nothing else.
    renderer_.reset(SDL_CreateRenderer(window_.get(), -1, SDL_RENDERER_SOFTWARE));
    if (!renderer_) renderer_.reset(SDL_CreateRenderer(window_.get(), -1, SDL_RENDERER_ACCELERATED));
    if (!renderer_) throw no_window(SDL_GetError());
    SDL_SetWindowMinimumSize(window_.get(), least_side, least_side);  // last: a renderer may make the window anew
  }

  bool wants_picture() const override {
    return (SDL_GetWindowFlags(window_.get()) & (SDL_WINDOW_MINIMIZED | SDL_WINDOW_HIDDEN)) == 0;
  }

  Size picture_size(int frame_width, int frame_height) const override {
    const auto [width, height] = size();
    return picture_size_on_dashboard(width, height, frame_width, frame_height);
  }

  void show(const Canvas* picture, const LiveFigures& figures) override {
    take_events();
    last_.take(picture);
    if (!wants_picture()) return;
    fit_canvas();
    paint_dashboard(*canvas_, last_.get(), figures);
    check(SDL_UpdateTexture(texture_.get(), nullptr, canvas_->data(), static_cast<int>(canvas_->stride())));
    check(SDL_RenderCopy(renderer_.get(), texture_.get(), nullptr, nullptr));
    SDL_RenderPresent(renderer_.get());
  }

  void finish(std::string_view) override {}  // the last figures hold the reason, and the window goes with the view

 private:
  void take_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      if (event.type == SDL_QUIT) commands_(LiveCommand::quit);
      if (event.type == SDL_RENDER_TARGETS_RESET || event.type == SDL_RENDER_DEVICE_RESET) texture_.reset();
      if (event.type != SDL_KEYDOWN) continue;
      if (const auto command = command_of(event.key)) commands_(*command);
    }
  }

  /// Of the window's content, in pixels.
  Size size() const {
    int width = 0, height = 0;
    check(SDL_GetRendererOutputSize(renderer_.get(), &width, &height));
    return {std::max(width, 1), std::max(height, 1)};
  }

  /// Canvas and texture of the window's size in pixels.
  void fit_canvas() {
    const auto [width, height] = size();
    if (!canvas_ || canvas_->width() != width || canvas_->height() != height) {
      canvas_.emplace(width, height);
      texture_.reset();
    }
    if (texture_) return;
    // Of 32 bits B, G, R and one that nobody looks at.
    texture_.reset(
        SDL_CreateTexture(renderer_.get(), SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, width, height));
    check(texture_ ? 0 : -1);
  }

  static void check(int result) {
    if (result != 0)
      throw Error(fmt::format("the window can no longer be drawn (SDL: {}); start again", SDL_GetError()));
  }

  Video video_;  // first, so that it goes last
  LiveCommands commands_;
  Handle<SDL_Window> window_;
  Handle<SDL_Renderer> renderer_;
  Handle<SDL_Texture> texture_;
  std::optional<Canvas> canvas_;
  LastPicture last_;
};

}  // namespace

bool has_display() { return setting("DISPLAY") || setting("WAYLAND_DISPLAY") || setting("SDL_VIDEODRIVER"); }

void require_display() {
  if (!has_display()) throw no_window("");
  const Video trial;
}

std::unique_ptr<LiveView> make_window_view(const WindowOptions& options, LiveCommands commands) {
  if (!has_display()) throw no_window("");
  return std::make_unique<WindowView>(options, std::move(commands));
}

}  // namespace inflight
