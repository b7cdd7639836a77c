#include "web_view.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "../dashboard_layout.hpp"
#include "inflight/base/clock.hpp"
#include "inflight/draw/jpeg.hpp"
#include "messages.hpp"
#include "metrics.hpp"
#include "server.hpp"

namespace inflight {
namespace web {
namespace {

constexpr std::chrono::milliseconds between_figures{95};  // ten a second, and a render loop may be a little early

class ServedView final : public WebView {
 public:
  ServedView(const WebOptions& options, LiveCommands commands, const Limits& limits)
      : server_(std::in_place, options, limits, std::move(commands),
                [this](const WebCounts& counts) { return metrics(counts); }),
        url_(server_->url()),
        room_(options.picture) {}

  std::string url() const override { return url_; }
  bool wants_picture() const override { return server_ && server_->viewers() > 0; }
  Size picture_size(int frame_width, int frame_height) const override {
    const Area place = fitted({0, 0, room_.width, room_.height}, frame_width, frame_height);
    return {std::max(place.width, 1), std::max(place.height, 1)};
  }

  void show(const Canvas* picture, const LiveFigures& figures) override {
    if (!server_) return;
    {
      const std::lock_guard lock(mutex_);
      figures_ = figures;
    }
    Picture file;
    if (picture != nullptr && server_->viewers() > 0) {
      const auto bytes = encoder_.encode(*picture);
      file = std::make_shared<const std::vector<std::uint8_t>>(bytes.begin(), bytes.end());
      ++encoded_;
    }
    Text text;
    const TimePoint now = Clock::now();
    if (now >= next_figures_) {
      next_figures_ = now + between_figures;
      text = std::make_shared<const std::string>(figures_message(figures));
    }
    if (file || text) server_->publish(std::move(file), std::move(text));
  }

  void finish(std::string_view reason) override {
    if (!server_) return;
    server_->finish(std::make_shared<const std::string>(ended_message(reason)));
    server_.reset();
  }

 private:
  std::string metrics(WebCounts counts) {
    counts.encoded = encoded_;
    std::unique_lock lock(mutex_);
    const std::optional<LiveFigures> figures = figures_;
    lock.unlock();
    return metrics_text(figures, counts);
  }

  JpegEncoder encoder_;
  std::atomic<std::int64_t> encoded_ = 0;
  std::mutex mutex_;
  std::optional<LiveFigures> figures_;  // with `mutex_`: the server's thread makes metrics of them
  TimePoint next_figures_;
  std::optional<Server> server_;  // after all that its thread reads
  std::string url_;
  Size room_;
};

}  // namespace

std::unique_ptr<WebView> make_web_view(const WebOptions& options, LiveCommands commands, const Limits& limits) {
  return std::make_unique<ServedView>(options, std::move(commands), limits);
}

}  // namespace web

std::unique_ptr<WebView> make_web_view(const WebOptions& options, LiveCommands commands) {
  return web::make_web_view(options, std::move(commands), web::Limits{});
}

}  // namespace inflight
