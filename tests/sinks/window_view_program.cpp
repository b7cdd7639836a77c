// A window with pictures and figures made here, 30 times a second, until it is told to quit; prints what its keys ask
// for, a line each.
//   window_view_program WIDTH HEIGHT            the window
//   window_view_program WIDTH HEIGHT --layout   prints instead where things are: name, x, y, width, height, by tabs
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <thread>

#include "areas.hpp"
#include "example_figures.hpp"
#include "inflight/sinks/window_view.hpp"

namespace {

using namespace inflight;

constexpr int frame_width = 640, frame_height = 360;

void print_area(const char* name, const Area& area) {
  std::printf("%s\t%d\t%d\t%d\t%d\n", name, area.x, area.y, area.width, area.height);
}

void print_layout(int width, int height) {
  const LiveFigures figures = test::example_figures();
  const DashboardLayout layout = lay_out_dashboard(width, height, figures.ways.size(), figures.requests);
  print_area("shown picture", fitted(layout.picture, frame_width, frame_height));
  for (const auto& [name, area] : test::areas_of(layout)) print_area(name.c_str(), area);
}

/// Quarters of four colours, a white square that wanders.
Canvas painted(Size size, int count) {
  Canvas canvas(size.width, size.height);
  const int x = size.width / 2, y = size.height / 2;
  canvas.filled_rectangle(0, 0, x, y, {0.8, 0.2, 0.2, 1});
  canvas.filled_rectangle(x, 0, size.width - x, y, {0.2, 0.6, 0.2, 1});
  canvas.filled_rectangle(0, y, x, size.height - y, {0.2, 0.2, 0.8, 1});
  canvas.filled_rectangle(x, y, size.width - x, size.height - y, {0.6, 0.6, 0.2, 1});
  canvas.filled_rectangle(x * (1 + 0.2 * std::sin(count / 10.0)) - 20, y - 20, 40, 40, {1, 1, 1, 1});
  return canvas;
}

const char* name_of(LiveCommand command) {
  for (const char* name : {"sync", "two-requests", "queue", "more", "fewer", "hint", "pause", "restart", "quit"}) {
    if (command_of_name(name) == command) return name;
  }
  return "?";
}

void say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

void run(int width, int height) {
  bool quit = false;
  LiveFigures figures = test::example_figures();
  const auto view =
      make_window_view({.title = "test window", .width = width, .height = height}, [&](LiveCommand command) {
        quit = quit || command == LiveCommand::quit;
        if (command == LiveCommand::pause) figures.paused = !figures.paused;
        figures.message = figures.paused ? "paused; space goes on" : "";
        say(name_of(command));
      });
  bool visible = true;
  auto next = std::chrono::steady_clock::now();
  for (int count = 0; !quit; ++count) {
    const Canvas picture = painted(view->picture_size(frame_width, frame_height), count);
    view->show(&picture, figures);
    if (count == 0) say("shown");
    if (view->wants_picture() != visible) {
      visible = !visible;
      say(visible ? "visible" : "hidden");
    }
    next += std::chrono::microseconds(33'333);
    std::this_thread::sleep_until(next);  // the pace of a demonstration
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int width = std::atoi(argv[1]), height = std::atoi(argv[2]);
  try {
    if (argc > 3 && std::string_view(argv[3]) == "--layout") {
      print_layout(width, height);
    } else {
      run(width, height);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
