// The ways to run frames through a model: what they have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <openvino/runtime/compiled_model.hpp>

#include "inflight/base/frame_stamps.hpp"
#include "inflight/infer/queue_options.hpp"
#include "inflight/measure/stage_accounts.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/sinks/sink.hpp"
#include "inflight/vision/image_model.hpp"

namespace inflight {

/// Work added to a stage of every frame: what a slower one would cost.
struct AddedWork {
  Stage stage = Stage::decode;  ///< decode, fill, callback, sink or draw
  Milliseconds time{0};
  bool busy = true;  ///< uses a processor so long; else only waits
};

/// Does what `added` has for the stage. Returns how long that took. Blocks: so long.
Clock::duration add_work(const std::vector<AddedWork>& added, Stage stage);

/// What a run is to do besides detections and accounts.
struct RunOptions {
  bool keep_frames = false;     ///< results carry their frame, for drawing; else it goes back to the decoder at once
  bool digest_outputs = false;  ///< results carry a digest of all output tensors
  /// Of every how many frames the stages' time on a processor is taken. A prime number, so that no rhythm of the clip
  /// (every 16th frame a key frame) decides what is seen; 1: of each, for some microseconds more; 0: of none.
  std::int64_t cores_of_every = 17;
  std::vector<AddedWork> added{};
  std::vector<FrameStamps>* times = nullptr;  ///< gets the stamps of every frame, when it is through
};

/// The account of a run: read = delivered, of which some may have failed.
struct RunCounts {
  std::int64_t read = 0;
  std::int64_t delivered = 0;
  std::int64_t failed = 0;
  StageAccounts stages;  ///< of those that did not fail
};

/// Reads every frame of a source once, infers it, and delivers its result exactly once.
/// Thread: one call at a time; the sink is called on the thread that each way says.
class Pipeline {
 public:
  virtual ~Pipeline() = default;

  /// Requests that this way keeps.
  virtual std::size_t requests() const noexcept = 0;
  /// Of these, how many have a frame in them now. Thread: any.
  virtual std::size_t in_flight() const = 0;

  /// Runs every request once on an empty picture, one after the other, so that none is cold when it counts, and tells
  /// how long each took. Blocks: until they are done. Throws: what inference throws.
  virtual std::vector<Milliseconds> warm_up() = 0;

  /// Runs until the source ends or stop is requested; every frame that was read is delivered before it returns or
  /// throws. Blocks: all the while.
  /// Throws: what the source or the sink throws. A frame whose preprocessing or inference fails is a result with
  /// an error.
  virtual RunCounts run(FrameSource& source, Sink& sink, std::stop_token stop, RunOptions options = {}) = 0;
};

/// Below, `threshold` is the least score of a detection.

/// One request; decode, preprocess, infer and deliver follow one another on the calling thread.
std::unique_ptr<Pipeline> make_sync_pipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold);

/// Two requests, current and next: while one frame is inferred, the next is decoded and preprocessed. Everything but
/// the inference is on the calling thread; results come in the order of the frames.
std::unique_ptr<Pipeline> make_two_request_pipeline(ov::CompiledModel compiled, const ImageModel& model,
                                                    float threshold);

/// How the queue keeps its requests, and who delivers.
struct QueueWayOptions {
  std::size_t requests = 0;  ///< 0: twice what the device calls optimal
  Order order = Order::as_completed;
  std::size_t callback_threads = 0;  ///< postprocess and deliver; 0: OpenVINO's one callback thread does
};

/// All requests in flight; decoding and preprocessing on the calling thread.
std::unique_ptr<Pipeline> make_queue_pipeline(ov::CompiledModel compiled, const ImageModel& model, float threshold,
                                              QueueWayOptions options = {});

}  // namespace inflight
