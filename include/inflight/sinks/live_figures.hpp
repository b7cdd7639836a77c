// What a live demonstration shows besides the picture: the one record that all its views render.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace inflight {

/// One of the ways to run, and how fast it was when it last ran.
struct LiveWay {
  std::string name;          ///< "sync", "two-requests", "queue"
  double fps = 0;            ///< its last figure; 0: it has not run yet
  double ratio_to_sync = 0;  ///< of the last figures; 0 while one of them is missing
};

/// The state of a demonstration at one moment. Figures of speed are of about the last second.
struct LiveFigures {
  std::vector<LiveWay> ways;
  std::size_t running = 0;    ///< index of the way that runs now
  double fps = 0;             ///< of the way that runs now, frames delivered per second
  double cores_used = 0;      ///< by this process
  int cores = 1;              ///< that it may use
  std::size_t in_flight = 0;  ///< requests with a frame in them, of `requests`
  std::size_t requests = 1;
  double latency_p50 = 0;  ///< milliseconds, frame decoded to its result delivered
  double latency_p99 = 0;
  std::int64_t frames = 0;   ///< inferred since the start
  std::int64_t dropped = 0;  ///< by a live source, because a newer one came before they were read
  std::int64_t failed = 0;   ///< ended with an error
  double age = 0;            ///< of the picture shown, milliseconds since its capture; of a clip's, when it was shown
  double seconds = 0;        ///< since the start

  bool live = false;      ///< the source has a pace of its own
  double source_fps = 0;  ///< of a live source, frames that arrive per second; 0: not known
  bool paused = false;
  bool ended = false;  ///< the program is about to end; `message` says why
  std::string source, model, device;
  std::string hint;     ///< of the way that runs now: "latency", "throughput"
  std::string message;  ///< one line when there is something to say: why the picture stands still, what bounds
                        ///< the speed; else empty
};

}  // namespace inflight
