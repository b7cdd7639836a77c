// What the device could do if nothing but it took time: prepared inputs, all requests busy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <vector>

#include "inflight/base/progress.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

class Ceiling {
 public:
  /// `requests`: 0 for twice the optimal number.
  Ceiling(ov::CompiledModel compiled, std::size_t requests, const ImageModel& model);

  /// Writes a frame of the source into every request and runs each once; when there are fewer frames, the last ones
  /// stay empty pictures. Throws: what source, preprocessing and inference throw.
  void prepare(FrameSource& source);

  /// One measured round of so many inferences; every request starts again in its own callback. A stopped one is not
  /// counted: false. Throws: what inference throws.
  bool measure(std::int64_t inferences, Progress& progress, const std::stop_token& stop);

  std::size_t requests() const noexcept { return queue_.capacity(); }
  /// Inferences per second of each round.
  const std::vector<double>& round_fps() const noexcept { return round_fps_; }

 private:
  Preprocessor preprocess_;
  AsyncInferQueue<> queue_;
  std::vector<double> round_fps_;
};

}  // namespace inflight
