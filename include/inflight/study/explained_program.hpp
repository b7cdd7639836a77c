// The program that `explain` takes apart: what it reads, how it runs, where its results go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "inflight/base/clock.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/sinks/sink.hpp"
#include "inflight/study/way_options.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// What happens to results.
enum class Output {
  nothing,  ///< they are counted
  drawing,  ///< every frame is drawn, in the loop
  video,    ///< every frame is drawn and written as H.264 MP4
};

/// A program as `explain` runs it, again and again, with one thing changed.
struct ExplainedProgram {
  std::string input;  ///< a video file or a folder of pictures; repeats as long as a run takes
  Seconds start{0};
  double rate = 0;          ///< frames come at so many per second, as from a camera; 0: as fast as they can be read
  int decoder_threads = 0;  ///< 0: by picture size and processors

  ImageModelOptions model;
  float threshold = 0.6F;
  std::vector<std::string> labels;

  WayOptions way;
  std::size_t callback_threads = 0;  ///< of the queue: results are delivered by so many; 0: by OpenVINO's one

  Output output = Output::nothing;
  int render_width = 0;                              ///< of what is drawn; 0: the frame's own
  std::function<std::unique_ptr<Sink>()> make_sink;  ///< instead of `output`: called for each run
  bool newest_only = false;                          ///< the sink has a thread of its own, and gets the newest result

  std::vector<AddedWork> added;  ///< of every frame, beside what it does anyway

  /// Whether results are drawn and encoded, rather than given to the sink of a caller.
  bool writes_video() const { return output == Output::video && !make_sink; }

  /// That read outputs side by side. What takes results is called by one at a time.
  std::size_t delivering_threads() const {
    return way.name == "queue" ? std::max<std::size_t>(1, callback_threads) : 1;
  }
};

}  // namespace inflight
