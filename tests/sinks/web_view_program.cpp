// A demonstration without inference, for the tests of the web view: a moving square and a frame number, and figures
// that wobble. It prints its address and every command that comes, and does what it is told on its standard input.
//
// usage: web_view_program [--address A] [--port N] [--seconds N] [--request-ms N] [--silence-ms N] [--always 1]
// --always 1: pictures are shown also while nobody wants one. Lines on its input:
//   pause | run      the picture stands still, and the figures say so | goes on
//   freeze | thaw    the picture stands still, and nothing says so
//   step             one more picture while it stands still
//   message TEXT     the figures say this
//   load N M         so many requests are in flight, of so many
//   source R         the source gives so many frames per second
//   end REASON       the view is told to finish; so does the end of the input, and of the time
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/base/error.hpp"
#include "sinks/web/web_view.hpp"

namespace inflight {
namespace {

using namespace std::chrono_literals;

constexpr auto frame_time = 33ms;
constexpr const char* names[] = {"sync", "two-requests", "queue"};
constexpr double speeds[] = {212, 379, 441};

void say(const std::string& line) {
  std::fputs((line + '\n').c_str(), stdout);
  std::fflush(stdout);
}

/// What the commands change. Thread: any.
class State {
 public:
  void obey(LiveCommand command) {
    const std::lock_guard lock(mutex_);
    say(fmt::format("command {}", name_of(command)));
    if (command <= LiveCommand::queue) running_ = static_cast<std::size_t>(command);
    if (command == LiveCommand::more_requests && requests_ < 64) ++requests_;
    if (command == LiveCommand::fewer_requests && requests_ > 1) --requests_;
    if (command == LiveCommand::hint) throughput_ = !throughput_;
    if (command == LiveCommand::pause) paused_ = !paused_;
    if (command == LiveCommand::restart) frame_ = 0;
  }

  /// A line of the standard input. False: it was the last one.
  bool obey(const std::string& line) {
    const std::lock_guard lock(mutex_);
    const std::string rest = line.substr(std::min(line.find(' ') + 1, line.size()));
    if (line == "pause" || line == "run") paused_ = line == "pause";
    if (line == "freeze" || line == "thaw") frozen_ = line == "freeze";
    if (line == "step") step_ = true;
    if (line.starts_with("source ")) source_fps_ = std::stod(rest);
    if (line.starts_with("load ")) {
      load_ = std::stoul(rest);
      requests_ = std::stoul(rest.substr(rest.find(' ')));
    }
    if (line.starts_with("message")) message_ = line == "message" ? "" : rest;
    if (line.starts_with("end")) reason_ = rest;
    return !line.starts_with("end");
  }

  LiveFigures next(double seconds, bool& moved) {
    const std::lock_guard lock(mutex_);
    moved = std::exchange(step_, false) || (!paused_ && !frozen_);
    if (moved) ++frame_;
    const double wobble = 1 + 0.05 * std::sin(static_cast<double>(frame_) / 20);
    seen_[running_] = speeds[running_] * wobble;
    LiveFigures figures;
    for (std::size_t i = 0; i < 3; ++i) {
      const double ratio = seen_[i] > 0 && seen_[0] > 0 ? seen_[i] / seen_[0] : 0;
      figures.ways.push_back({names[i], seen_[i], ratio});
    }
    figures.running = running_;
    figures.fps = seen_[running_];
    figures.cores_used = running_ == 0 ? 0.92 : 1.5 + 0.24 * static_cast<double>(running_);
    figures.cores = 2;
    figures.requests = running_ == 2 ? requests_ : running_ + 1;
    figures.in_flight = load_ ? *load_ : paused_ ? 0 : figures.requests - static_cast<std::size_t>(frame_ % 2);
    figures.latency_p50 = 2.75 * static_cast<double>(figures.requests) * wobble;
    figures.latency_p99 = 4.15 * static_cast<double>(figures.requests) * wobble;
    figures.frames = frame_ * 14;
    figures.dropped = frame_ / 50;
    figures.age = 12.5 * wobble;
    figures.seconds = seconds;
    figures.live = true;
    figures.source_fps = source_fps_;
    figures.paused = paused_;
    figures.source = "generated <b>\"square\"</b>";
    figures.model = "no model";
    figures.device = "CPU";
    figures.hint = throughput_ ? "throughput" : "latency";
    figures.message = message_;
    return figures;
  }

  std::string reason() {
    const std::lock_guard lock(mutex_);
    return reason_;
  }

 private:
  static const char* name_of(LiveCommand command) {
    constexpr const char* words[] = {"sync", "two-requests", "queue",   "more", "fewer",
                                     "hint", "pause",        "restart", "quit"};
    return words[static_cast<int>(command)];
  }

  std::mutex mutex_;
  std::size_t running_ = 2, requests_ = 4;
  std::optional<std::size_t> load_;
  std::int64_t frame_ = 0;
  double source_fps_ = 30;
  double seen_[3] = {200, 0, 0};
  bool paused_ = false, frozen_ = false, step_ = false, throughput_ = true;
  std::string message_, reason_ = "the test is over";
};

/// Lines that have come on standard input, without waiting longer than `time`.
class Input {
 public:
  /// False: it has ended.
  bool wait(std::chrono::milliseconds time, std::vector<std::string>& lines) {
    pollfd file{STDIN_FILENO, POLLIN, 0};
    if (::poll(&file, 1, static_cast<int>(time.count())) <= 0) return true;
    char bytes[1024];
    const ssize_t size = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (size <= 0) return false;
    rest_.append(bytes, static_cast<std::size_t>(size));
    for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n')) {
      lines.push_back(rest_.substr(0, end));
      rest_.erase(0, end + 1);
    }
    return true;
  }

 private:
  std::string rest_;
};

void paint(Canvas& canvas, std::int64_t frame) {
  canvas.filled_rectangle(0, 0, canvas.width(), canvas.height(), {0.13, 0.2, 0.28, 1});
  canvas.filled_rectangle(0, canvas.height() * 0.7, canvas.width(), canvas.height() * 0.3, {0.3, 0.34, 0.3, 1});
  const double x = static_cast<double>(frame * 7 % (canvas.width() - 140));
  canvas.filled_rectangle(x + 10, 170, 120, 120, {0.9, 0.72, 0.55, 1});
  canvas.rectangle(x, 160, 140, 140, {0.2, 0.9, 0.4, 1}, 3);
  canvas.label(x, 132, "face 0.98", 24, {0, 0, 0, 1}, {0.2, 0.9, 0.4, 1});
  canvas.label(16, 16, "frame " + std::to_string(frame), 28, {1, 1, 1, 1}, {0, 0, 0, 0.6});
}

void run(const std::map<std::string_view, std::string>& given) {
  const auto number = [&](std::string_view name, int otherwise) {
    return given.contains(name) ? std::stoi(given.at(name)) : otherwise;
  };
  State state;
  web::Limits limits;
  limits.request = std::chrono::milliseconds(number("--request-ms", 10'000));
  limits.silence = std::chrono::milliseconds(number("--silence-ms", 20'000));
  const WebOptions options{.address = given.contains("--address") ? given.at("--address") : "127.0.0.1",
                           .port = static_cast<std::uint16_t>(number("--port", 0))};
  const auto view = web::make_web_view(options, [&](LiveCommand command) { state.obey(command); }, limits);
  say("url " + view->url());

  Canvas canvas(960, 540);
  Input input;
  const TimePoint start = Clock::now();
  const TimePoint end = start + std::chrono::seconds(number("--seconds", 120));
  TimePoint due = start;
  bool goes_on = true;
  bool had_viewers = false;
  while (goes_on && Clock::now() < end) {
    bool moved = false;
    const LiveFigures figures = state.next(Seconds(Clock::now() - start).count(), moved);
    const bool wanted = view->wants_picture() || given.contains("--always");
    const bool fresh = wanted && (moved || !had_viewers);
    had_viewers = wanted;
    if (fresh) paint(canvas, figures.frames / 14);
    view->show(fresh ? &canvas : nullptr, figures);
    due += frame_time;
    std::vector<std::string> lines;
    while (goes_on && Clock::now() < due) {
      goes_on = input.wait(std::chrono::ceil<std::chrono::milliseconds>(due - Clock::now()), lines);
      for (const std::string& line : lines) goes_on = state.obey(line) && goes_on;
      lines.clear();
    }
  }
  view->finish(state.reason());
  say("finished");
}

}  // namespace
}  // namespace inflight

int main(int argc, char** argv) {
  std::map<std::string_view, std::string> given;
  for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
  try {
    inflight::run(given);
  } catch (const inflight::Error& error) {
    std::fputs((std::string(error.what()) + '\n').c_str(), stderr);
    return 1;
  }
}
