// A sink on a thread of its own that only gets the newest result.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

#include "inflight/base/latest.hpp"
#include "inflight/measure/thread_times.hpp"
#include "inflight/sinks/sink.hpp"

namespace inflight {

/// Never holds the pipeline up; results that come while the sink is busy replace each other.
class NewestOnlySink final : public Sink {
 public:
  explicit NewestOnlySink(Sink& sink) : sink_(sink), thread_([this](const std::stop_token& stop) { run(stop); }) {}

  void deliver(FrameResult& result) override {
    if (failed_) std::rethrow_exception(error_);
    Given given{std::move(result.frame), std::move(result.detections), result.index};
    latest_.put(std::move(given));
    // NOLINTNEXTLINE(bugprone-use-after-move): it holds what was there before, to be used again
    result.frame = std::move(given.frame);
    result.detections = std::move(given.detections);
  }

  /// Results that the sink got.
  std::int64_t given() const noexcept { return given_.load(); }

 private:
  struct Given {
    Frame frame;
    Detections detections;
    std::int64_t index = 0;
  };

  void run(const std::stop_token& stop) {
    name_this_thread("sink");
    Given newest;
    FrameResult result;
    while (!stop.stop_requested() && latest_.take(newest, stop)) {
      std::swap(result.frame, newest.frame);
      std::swap(result.detections, newest.detections);
      result.index = newest.index;
      result.width = result.frame.display_width();
      result.height = result.frame.display_height();
      try {
        sink_.deliver(result);
      } catch (...) {
        error_ = std::current_exception();
        failed_ = true;
        return;
      }
      given_.fetch_add(1);
    }
  }

  Sink& sink_;
  Latest<Given> latest_;
  std::exception_ptr error_;  // read once `failed_` is set
  std::atomic<bool> failed_ = false;
  std::atomic<std::int64_t> given_ = 0;
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace inflight
