#include "demo_views.hpp"

#include <cstdio>
#include <exception>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "child_process.hpp"
#include "common_options.hpp"
#include "inflight/base/error.hpp"
#include "inflight/sinks/video_view.hpp"
#include "inflight/sinks/web_view.hpp"
#include "inflight/sinks/window_view.hpp"
#include "number_range.hpp"
#include "option_group.hpp"

namespace inflight::cli {
namespace {

/// Several views of the same; none at all, too.
class Views final : public LiveView {
 public:
  void add(std::unique_ptr<LiveView> view) { views_.push_back(std::move(view)); }

  bool wants_picture() const override {
    bool wanted = false;
    for (const auto& view : views_) wanted = view->wants_picture() || wanted;
    return wanted;
  }
  /// The largest that is shown: text may become finer than it should be, and no picture coarse.
  Size picture_size(int frame_width, int frame_height) const override {
    Size largest{1, 1};
    for (const auto& view : views_) {
      if (!view->wants_picture()) continue;
      const Size size = view->picture_size(frame_width, frame_height);
      if (size.width > largest.width) largest = size;
    }
    return largest;
  }
  void show(const Canvas* picture, const LiveFigures& figures) override {
    for (const auto& view : views_) view->show(picture, figures);
  }
  /// All of them, also after one has failed. Throws: what the first threw.
  void finish(std::string_view reason) override {
    std::exception_ptr first;
    for (const auto& view : views_) {
      try {
        view->finish(reason);
      } catch (...) {
        if (!first) first = std::current_exception();
      }
    }
    if (first) std::rethrow_exception(first);
  }

 private:
  std::vector<std::unique_ptr<LiveView>> views_;
};

WebOptions page_options(const DemoViewOptions& options) {
  WebOptions page{.picture = options.page};
  if (options.port) page.port = *options.port;
  if (!options.listen.empty()) page.address = options.listen;
  return page;
}

/// Leaves it to the desktop. Without one the page stands all the same.
void open_browser(const std::string& url) {
  if (start_apart("xdg-open", {url})) return;
  const std::string line =
      "inflight: --open: there is no xdg-open to start a browser with; open the address yourself: " + url + '\n';
  std::fputs(line.c_str(), stderr);
}

}  // namespace

void add_view_options(CLI::App& command, DemoViewOptions& options) {
  OptionGroup view(command, "View");
  view.add("--view", options.kind, "window|web|none",
           "Where to show it; else: with --output nowhere, with a display in a window, without as a page")
      ->check(CLI::IsMember({"window", "web", "none"}));
  view.add("--output", options.output, "FILE", "Write what a window would show, H.264 MP4");
  view.add("--size", options.size, "WxH", "Size of window and video, and what the page's picture is scaled to fit into")
      ->default_str("1280x720, page 960x540");
  view.add("--render-fps", options.render_fps, "R", "Most pictures per second")
      ->check(numbers_between(1.0, 240.0))
      ->capture_default_str();
  view.add("--port", options.port, "N", "Port of the page; 0: any free one")
      ->check(CLI::Range(0, 65535))
      ->default_str("8080");
  view.add("--listen", options.listen, "ADDRESS", "Address of the page; any but this machine's own asks for a token")
      ->default_str("127.0.0.1");
  view.add_flag("--open", options.open, "Starts the browser on the page");
}

void settle_view(DemoViewOptions& options) {
  // What asks for the page; of several, one is enough to be named.
  const char* const of_page = options.open              ? "--open"
                              : options.port            ? "--port"
                              : !options.listen.empty() ? "--listen"
                                                        : nullptr;
  if (options.kind.empty()) {
    const bool headless = !options.output.empty() && !of_page;
    options.kind = headless ? "none" : has_display() && !of_page ? "window" : "web";
  }
  if (!options.size.empty()) options.canvas = options.page = size_in("--size", options.size);
  if (of_page && options.kind != "web")
    throw UsageError(fmt::format("{}: there is a page with --view web only", of_page));
}

void require_view(const DemoViewOptions& options) {
  if (options.kind == "window") require_display();
  if (options.kind == "web") make_web_view(page_options(options), [](LiveCommand) {});
}

std::unique_ptr<LiveView> make_views(const DemoViewOptions& options, LiveCommands commands, bool endless,
                                     const std::function<void(const std::string&)>& announce) {
  auto views = std::make_unique<Views>();
  if (!options.output.empty())
    views->add(make_video_view(options.output, options.canvas.width, options.canvas.height, options.render_fps));
  if (options.kind == "window") {
    views->add(make_window_view({.width = options.canvas.width, .height = options.canvas.height}, std::move(commands)));
    announce("s sync, t two requests, a queue, + - requests, l hint, space pauses, r restarts, q ends\n");
  } else if (options.kind == "web") {
    auto page = make_web_view(page_options(options), std::move(commands));
    const std::string url = page->url();
    views->add(std::move(page));
    announce(fmt::format("the page is at {}  (Ctrl-C ends)\n", url));
    if (options.open) open_browser(url);
  } else {
    const bool unheard = endless && !options.output.empty();
    announce(unheard ? fmt::format("writing {} until it is stopped  (Ctrl-C ends)\n", options.output) : "");
  }
  return views;
}

}  // namespace inflight::cli
