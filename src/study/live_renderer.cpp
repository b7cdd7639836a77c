#include "live_renderer.hpp"

#include <algorithm>
#include <utility>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

/// To those who can still be told, and for files that can still be completed. What ended it is the error that counts.
void say_goodbye(LiveView& view, const std::string& reason) noexcept {
  try {
    view.finish(reason);
  } catch (const std::exception&) {
  }
}

}  // namespace

LiveRenderer::LiveRenderer(Options options, LiveSink& sink, std::function<void()> on_failure)
    : options_(std::move(options)),
      sink_(sink),
      on_failure_(std::move(on_failure)),
      painter_(options_.labels, options_.mirror),
      thread_([this](const std::stop_token& stop) { run(stop); }) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stands_ || error_ != nullptr; });
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

LiveRenderer::~LiveRenderer() = default;

void LiveRenderer::finish(const std::string& reason) {
  {
    const std::lock_guard lock(mutex_);
    reason_ = reason;
  }
  thread_.request_stop();
  thread_.join();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

double LiveRenderer::picture_rate() const {
  const Seconds span = last_picture_ - first_picture_;
  return pictures_ > 1 ? static_cast<double>(pictures_ - 1) / span.count() : 0;
}

void LiveRenderer::run(const std::stop_token& stop) {
  name_this_thread(LiveDemo::drawing_thread);
  try {
    const std::unique_ptr<LiveView> view = options_.make_view(options_.commands);
    options_.watched(view->wants_picture());
    {
      const std::lock_guard lock(mutex_);
      stands_ = true;
    }
    changed_.notify_all();
    try {
      draw_until(stop, *view);
    } catch (const std::exception& error) {
      say_goodbye(*view, first_line(error.what()));
      throw;
    }
    threads_ = thread_times();  // while the view's own thread lives
    view->finish(reason_);
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
    }
    changed_.notify_all();
    on_failure_();
  }
}

void LiveRenderer::draw_until(const std::stop_token& stop, LiveView& view) {
  const auto interval = std::chrono::duration_cast<Clock::duration>(Seconds(1 / options_.fps));
  constexpr int most_late = 5;  // pictures that are caught up with; beyond that, time is lost
  TimePoint next = Clock::now();
  while (!stop.stop_requested()) {
    show_next(view);
    // The naive loop draws before it is time: that is no time to catch up with.
    const TimePoint now = Clock::now();
    next = std::clamp(next + interval, now - most_late * interval, now + interval);
    sink_.wait_to_draw(next, stop);
  }
  LiveFigures last = options_.figures();
  last.age = age(false, last.live);
  last.ended = true;
  last.message = reason_;
  view.show(nullptr, last);
}

void LiveRenderer::show_next(LiveView& view) {
  const bool wanted = view.wants_picture();
  options_.watched(wanted);
  const bool fresh = wanted && sink_.take(drawable_);
  // Who joins while nothing moves gets the last picture.
  const bool joined = !std::exchange(was_wanted_, wanted) && wanted;
  const bool painted = fresh || (joined && !drawable_.frame.empty());
  if (painted) paint(view);
  LiveFigures figures = options_.figures();
  figures.age = age(fresh, figures.live);
  view.show(painted ? &*canvas_ : nullptr, figures);
  if (fresh && !joined) {  // what waited for a viewer is old
    const TimePoint now = Clock::now();
    ages_.record(now - drawable_.frame.captured());
    if (pictures_++ == 0) first_picture_ = now;
    last_picture_ = now;
  }
  if (fresh || !wanted) sink_.drawn();
}

// Milliseconds. That of a live source grows while its picture stands still; a clip's picture has no present.
double LiveRenderer::age(bool fresh, bool live) {
  if (!drawable_.frame.empty() && (fresh || live))
    age_ = milliseconds_between(drawable_.frame.captured(), Clock::now());
  return age_;
}

void LiveRenderer::paint(const LiveView& view) {
  const Frame& frame = drawable_.frame;
  const Size size = view.picture_size(frame.display_width(), frame.display_height());
  if (!canvas_ || canvas_->width() != size.width || canvas_->height() != size.height)
    canvas_.emplace(size.width, size.height);
  painter_(*canvas_, frame, drawable_.detections);
}

}  // namespace inflight
