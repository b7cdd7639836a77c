// One round of the end-to-end benchmark, as JSON: the queue's frames per second, and what each stage costs by itself.
//
// The stages' slices each keep all cores busy with nothing but that stage, and are interleaved with runs of the queue.
// cores / (sum of the stages' core time per frame) is the speed at which no core ever waits: what the queue is held
// against. The process's own CPU time would not do, since it calls busy waiting useful.
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/measure/statistics.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/vision/image_model.hpp"
#include "study/run_parts.hpp"

namespace {

using namespace inflight;

struct Options {
  std::string input, model, model_type = "auto", preprocess = "fast", shape;
  std::vector<std::string> properties;
  std::size_t requests = 0;
  int decode_threads = 0;
  double seconds = 0.5;
  int repeats = 3;
};

/// Core milliseconds per item when `cores` threads do nothing but call `item` until the time is up.
double core_milliseconds(int cores, Seconds seconds, const std::function<std::function<void()>()>& make_item) {
  std::atomic<std::int64_t> items = 0;
  const TimePoint began = Clock::now();
  {
    std::vector<std::jthread> threads;
    threads.reserve(static_cast<std::size_t>(cores));
    for (int i = 0; i < cores; ++i) {
      threads.emplace_back([&] {
        const auto item = make_item();
        while (Clock::now() - began < seconds) {
          item();
          items.fetch_add(1, std::memory_order_relaxed);
        }
      });
    }
  }
  return Milliseconds(Clock::now() - began).count() * cores / static_cast<double>(items);
}

class Bench {
 public:
  explicit Bench(const Options& options)
      : options_(options),
        info_(VideoReader(options.input).info()),
        model_(load_image_model(
            core_,
            {.path = options.model,
             .model_type = options.model_type,
             .shape = options.shape,
             .color = {},
             .normalization = {},
             .preprocess = options.preprocess == "fast" ? PreprocessPath::fast : PreprocessPath::exact},
            {info_.width, info_.height})),
        compiled_(compile(core_, model_.model, {.hint = Hint::throughput, .properties = options.properties})),
        pipeline_(make_queue_pipeline(compiled_, model_, 0.6F, {.requests = options.requests})),
        seconds_(options.seconds),
        cores_(usable_cores()) {
    VideoReader reader(options.input, {.frames = 64});
    for (Frame frame; reader.read(frame) == ReadOutcome::frame;) frames_.push_back(std::move(frame));
    pipeline_->warm_up();
    queue();
  }

  /// Frames per second of the whole.
  double queue() {
    constexpr std::int64_t least_frames = 250;
    VideoReader reader(
        options_.input,
        {.loop = true, .frames = std::max(least_frames, frames_for_seconds_), .threads = options_.decode_threads});
    NullSink sink;
    const ProcessMeter meter;
    const RunCounts counts = pipeline_->run(reader, sink, {});
    const double fps = static_cast<double>(counts.delivered) / meter.wall().count();
    cores_used_.push_back(meter.cpu() / meter.wall());
    frames_for_seconds_ = static_cast<std::int64_t>(fps * 4 * seconds_.count());  // long, so that its ends weigh little
    return fps;
  }

  double decode() const {
    return core_milliseconds(cores_, seconds_, [this] {
      const auto reader = std::make_shared<VideoReader>(options_.input, VideoReaderOptions{.loop = true, .threads = 1});
      const auto frame = std::make_shared<Frame>();
      return [reader, frame] { reader->read(*frame); };
    });
  }

  double preprocess() const {
    return core_milliseconds(cores_, seconds_, [this] {
      const auto step = std::make_shared<Preprocessor>(model_.preprocess);
      const auto width = static_cast<std::size_t>(model_.preprocess.width);
      const auto height = static_cast<std::size_t>(model_.preprocess.height);
      const auto input = std::make_shared<std::vector<std::uint8_t>>(width * height * 3);
      return [this, step, input, next = std::make_shared<std::size_t>(0)] {
        (*step)(frames_[(*next)++ % frames_.size()], *input);
      };
    });
  }

  double inference() {
    AsyncInferQueue<> queue(compiled_);
    // Real pictures: what inference costs may depend on what it sees.
    Preprocessor step(model_.preprocess);
    for (std::size_t i = 0; i < queue.capacity(); ++i) {
      ensure_accepted(queue.start_async([&](Inputs inputs) {
        ov::Tensor input = inputs[0];
        step(frames_[i % frames_.size()], std::span(input.data<std::uint8_t>(), input.get_byte_size()));
      }));
    }
    queue.wait_all();
    std::int64_t items = 0;
    const auto keep = [](Inputs) {};
    const TimePoint began = Clock::now();
    for (; Clock::now() - began < seconds_; ++items) ensure_accepted(queue.start_async(keep));
    queue.wait_all();
    return Milliseconds(Clock::now() - began).count() * cores_ / static_cast<double>(items);
  }

  double postprocess() {
    ov::InferRequest request = compiled_.create_infer_request();
    ov::Tensor input = request.get_input_tensor(0);
    Preprocessor step(model_.preprocess);
    const Mapping mapping = step(frames_.front(), std::span(input.data<std::uint8_t>(), input.get_byte_size()));
    request.infer();
    return core_milliseconds(cores_, seconds_ / 4, [&, this] {
      const auto found = std::make_shared<Detections>();
      return [&, this, found] {
        found->clear();
        model_.adapter->decode(Outputs(request), {model_.preprocess.width, model_.preprocess.height},
                               {info_.width, info_.height}, mapping, 0.6F, *found);
      };
    });
  }

  int cores() const { return cores_; }
  const std::vector<double>& cores_used() const { return cores_used_; }

 private:
  Options options_;
  ov::Core core_;
  VideoInfo info_;
  ImageModel model_;
  ov::CompiledModel compiled_;
  std::unique_ptr<Pipeline> pipeline_;
  std::vector<Frame> frames_;
  Seconds seconds_;
  int cores_;
  std::int64_t frames_for_seconds_ = 0;
  std::vector<double> cores_used_;
};

int run(const Options& options) {
  silence_ffmpeg();
  Bench bench(options);
  std::vector<double> queue, decode, preprocess, inference, postprocess, share;
  for (int i = 0; i < options.repeats; ++i) {
    const double before = bench.queue();
    decode.push_back(bench.decode());
    preprocess.push_back(bench.preprocess());
    inference.push_back(bench.inference());
    postprocess.push_back(bench.postprocess());
    queue.push_back((before + bench.queue()) / 2);
    const double sum = decode.back() + preprocess.back() + inference.back() + postprocess.back();
    share.push_back(queue.back() / (1000.0 * bench.cores() / sum));
  }
  fmt::print(
      "{{\"fps\": {:.1f}, \"decode_ms\": {:.4f}, \"preprocess_ms\": {:.4f}, \"inference_ms\": {:.4f}, "
      "\"postprocess_ms\": {:.4f}, \"share_of_limit\": {:.4f}, \"cores_used\": {:.3f}, \"cores\": {}}}\n",
      median_of(queue), median_of(decode), median_of(preprocess), median_of(inference), median_of(postprocess),
      median_of(share), median_of(bench.cores_used()), bench.cores());
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  CLI::App app("One round of the end-to-end benchmark, as JSON.");
  app.add_option("--input", options.input)->required();
  app.add_option("--model", options.model)->required();
  app.add_option("--model-type", options.model_type);
  app.add_option("--shape", options.shape);
  app.add_option("--preprocess", options.preprocess);
  app.add_option("--property", options.properties, "KEY=VALUE");
  app.add_option("--requests", options.requests);
  app.add_option("--decode-threads", options.decode_threads);
  app.add_option("--seconds", options.seconds, "Of every slice");
  app.add_option("--repeats", options.repeats);
  CLI11_PARSE(app, argc, argv);
  return run(options);
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_end_to_end: {}\n", error.what());
  return 1;
}
