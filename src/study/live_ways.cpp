#include "live_ways.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace inflight {

LiveWays::LiveWays(const LiveDemoOptions& options, const ImageModel& model, ov::Core& core, Progress& progress)
    : ways_(options.ways), model_(model), threshold_(options.threshold), compiled_(core, model.model) {
  for (std::size_t way = 0; way < ways_.size(); ++way) {
    for (const Hint hint : {ways_[way].compile.hint, Hint::latency, Hint::throughput}) {
      progress.begin(fmt::format("compiling for {}", to_string(hint)), 0);
      compiled_(compile_options(way, hint));
    }
  }
}

Pipeline& LiveWays::pipeline_for(const LiveRun& run) {
  const auto same = [&](const Made& made) { return made.way == run.way && made.hint == run.hint; };
  const auto found = std::find_if(made_.begin(), made_.end(), same);
  Pipeline* pipeline = nullptr;
  if (found != made_.end() && found->requests == run.requests) {
    pipeline = found->pipeline.get();
  } else {
    auto fresh = make_pipeline(ways_[run.way].name, compiled_(compile_options(run.way, run.hint)), model_, threshold_,
                               run.requests);
    fresh->warm_up();
    pipeline = fresh.get();
    const std::lock_guard lock(mutex_);  // somebody may be looking at the one that ends here
    running_ = nullptr;
    std::erase_if(made_, same);
    made_.push_back({run.way, run.hint, run.requests, std::move(fresh)});
  }
  const std::lock_guard lock(mutex_);
  running_ = pipeline;
  return *pipeline;
}

std::string LiveWays::device(const LiveRun& run) {
  const DeviceSettings given = settings_of(compiled_(compile_options(run.way, run.hint)));
  const auto some = [](const std::string& count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == "1" ? "" : "s");
  };
  return fmt::format("{}, {}, {}, {}", given.device, some(given.streams, "stream"), some(given.threads, "thread"),
                     given.precision);
}

LiveWays::Requests LiveWays::requests() const {
  const std::lock_guard lock(mutex_);
  if (running_ == nullptr) return {};
  return {running_->in_flight(), running_->requests()};
}

CompileOptions LiveWays::compile_options(std::size_t way, Hint hint) const {
  CompileOptions options = ways_[way].compile;
  options.hint = hint;
  return options;
}

}  // namespace inflight
