// What the viewers of a live demonstration have asked for.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/sinks/live_view.hpp"
#include "inflight/study/way_options.hpp"

namespace inflight {

/// One way from its choice to the next choice.
struct LiveRun {
  int number = 0;  ///< of the run, from 1
  std::size_t way = 0;
  Hint hint = Hint::none;
  std::size_t requests = 0;  ///< of the queue; 0: the default
  bool watched = false;      ///< somebody looks: results keep their frames
  std::stop_token stop;      ///< requested as soon as something else is asked for
};

/// Decides which way runs next, and ends the one that runs. Thread: any.
class LiveControl {
 public:
  /// `stop` ends every run.
  LiveControl(const std::vector<WayOptions>& ways, const std::string& first, Seconds cycle, std::stop_token stop);

  /// The run to be done now.
  LiveRun begin_run();
  /// The number of requests that the run has: what "more" and "fewer" count from, also those that came before it.
  void has_requests(const LiveRun& run, std::size_t requests);

  /// Those that choose way, requests or hint; others are not for here. Somebody who chooses ends the cycle.
  void command(LiveCommand command);
  /// Whether anybody looks, from now on.
  void watch(bool watched);
  /// On to the next way of the cycle when it is time. `standing`: nothing moves, and the way has its time anew after.
  void tick(TimePoint now, bool standing = false);

 private:
  struct Wanted {
    std::string name;
    Hint hint;
    std::size_t requests;
  };

  void choose(const char* way);
  void change_requests(int by);
  void set_requests(std::size_t from, int by);
  void change_hint();
  void know_requests();
  void end_run();
  std::size_t next_way() const noexcept;

  std::stop_token stop_;
  std::mutex mutex_;  // guards what follows
  std::vector<Wanted> ways_;
  std::size_t way_ = 0;
  bool watched_ = false;
  int runs_ = 0;
  std::optional<std::size_t> requests_;  // of the way now, once they are known
  int steps_ = 0;                        // asked for until then
  Seconds cycle_;
  TimePoint way_began_;
  std::stop_source run_;
  std::stop_callback<std::function<void()>> on_stop_;  // last: ends first
};

}  // namespace inflight
