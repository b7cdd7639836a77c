#include "inflight/media/live_source.hpp"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "demuxer.hpp"
#include "inflight/base/error.hpp"
#include "live_feed.hpp"

namespace inflight {
namespace {

/// The thread that runs a feed. One that hangs where nothing can interrupt it is left to itself: it holds the feed, and
/// ends with the call.
class FeedThread {
 public:
  explicit FeedThread(std::shared_ptr<LiveFeed> feed)
      : feed_(std::move(feed)), thread_([kept = feed_] { kept->run(); }) {}
  FeedThread(const FeedThread&) = delete;
  FeedThread& operator=(const FeedThread&) = delete;
  ~FeedThread() {
    feed_->stop();
    constexpr Seconds to_end{0.5};  // FFmpeg asks ten times a second whether to go on
    if (feed_->wait_until_ended(to_end)) {
      thread_.join();
    } else {
      thread_.detach();
    }
  }

 private:
  std::shared_ptr<LiveFeed> feed_;
  std::thread thread_;
};

LiveSourceOptions checked(LiveSourceOptions options) {
  if (!(options.silence.count() > 0))
    throw UsageError(fmt::format("silence is {} s; give more than 0", options.silence.count()));
  if (options.threads < 0) throw UsageError(fmt::format("threads is {}; give 0 (automatic) or more", options.threads));
  return options;
}

}  // namespace

class LiveSource::Impl {
 public:
  Impl(const std::string& input, const LiveSourceOptions& options, std::stop_token stop)
      : feed_(std::make_shared<LiveFeed>(address_of(input, options.camera), options.threads, options.silence)),
        thread_(feed_),
        on_stop_(std::move(stop), Stop{feed_.get()}) {
    feed_->wait_until_open();
  }

  ReadOutcome read(Frame& frame, const std::stop_token& stop) {
    frame.release();
    const bool over = feed_->stopped() || stop.stop_requested();
    return !over && feed_->newest().take(frame, stop) ? ReadOutcome::frame : ReadOutcome::stopped;
  }

  const LiveFeed& feed() const noexcept { return *feed_; }

 private:
  struct Stop {
    LiveFeed* feed;
    void operator()() const { feed->stop(); }
  };

  std::shared_ptr<LiveFeed> feed_;
  FeedThread thread_;
  std::stop_callback<Stop> on_stop_;
};

LiveSource::LiveSource(const std::string& input, LiveSourceOptions options, std::stop_token stop)
    : impl_(std::make_unique<Impl>(input, checked(std::move(options)), std::move(stop))) {}
LiveSource::~LiveSource() = default;

ReadOutcome LiveSource::read(Frame& frame, const std::stop_token& stop) { return impl_->read(frame, stop); }
VideoInfo LiveSource::info() const { return impl_->feed().info(); }
LiveSourceState LiveSource::state() const { return impl_->feed().state(); }

bool turns_out_live(const std::string& input, std::stop_token stop) {
  const Address address = address_of(input);
  if (address.kind != Address::Kind::elsewhere || address.url.find("://") == std::string::npos)
    return address.is_live();
  constexpr Seconds silence{10};
  Patience patience(std::move(stop), silence);
  return Demuxer(address, patience, Probing::least).is_endless();
}

}  // namespace inflight
