// The thread that draws a live demonstration.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "inflight/draw/canvas.hpp"
#include "inflight/measure/histogram.hpp"
#include "inflight/measure/thread_times.hpp"
#include "inflight/study/live_demo.hpp"
#include "inflight/vision/picture_painter.hpp"
#include "live_sink.hpp"

namespace inflight {

/// Some times a second: asks for the figures, paints the newest result, and gives both to the view, which lives and
/// ends on this thread. What it throws ends the demonstration.
class LiveRenderer {
 public:
  struct Options {
    LiveDemo::MakeView make_view;
    LiveCommands commands;
    std::function<void(bool)> watched;     ///< told whether anybody looks, each time before
    std::function<LiveFigures()> figures;  ///< called on this thread, as often as it draws
    std::vector<std::string> labels;
    bool mirror = false;
    double fps = 30;
  };

  /// Returns when the view stands. Throws: what `make_view` throws. `on_failure` is called when drawing cannot go on.
  LiveRenderer(Options options, LiveSink& sink, std::function<void()> on_failure);
  ~LiveRenderer();

  /// Shows the last figures, ends the view, and joins. Throws: what drawing threw.
  void finish(const std::string& reason);

  /// To be read after `finish`. The threads as they were at the end of drawing.
  std::int64_t pictures() const noexcept { return pictures_; }
  double picture_rate() const;
  const Histogram& ages() const noexcept { return ages_; }
  const std::vector<ThreadTime>& threads() const noexcept { return threads_; }

 private:
  void run(const std::stop_token& stop);
  void draw_until(const std::stop_token& stop, LiveView& view);
  void show_next(LiveView& view);
  void paint(const LiveView& view);
  double age(bool fresh, bool live);

  Options options_;
  LiveSink& sink_;
  std::function<void()> on_failure_;

  // The drawing thread's own.
  PicturePainter painter_;
  std::optional<Canvas> canvas_;
  Drawable drawable_;
  bool was_wanted_ = false;
  double age_ = 0;
  std::int64_t pictures_ = 0;
  TimePoint first_picture_, last_picture_;
  Histogram ages_;
  std::vector<ThreadTime> threads_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  bool stands_ = false;
  std::exception_ptr error_;
  std::string reason_;
  std::jthread thread_;  // last: joined while all that it uses still stands
};

}  // namespace inflight
