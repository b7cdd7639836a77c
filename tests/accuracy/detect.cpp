// Prints what the library finds in a clip, a JSON array of [x0, y0, x1, y1, score, landmarks...] per frame and line.
#include <fmt/format.h>

#include "inflight/infer/compile.hpp"
#include "inflight/media/ffmpeg.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/vision/image_model.hpp"

namespace {

using namespace inflight;

class PrintingSink final : public Sink {
 public:
  void deliver(FrameResult& result) override {
    fmt::print("[");
    const char* separator = "";
    for (const Detection& found : result.detections) {
      fmt::print("{}[{},{},{},{},{}", separator, found.box.x0, found.box.y0, found.box.x1, found.box.y1, found.score);
      for (int i = 0; i < found.landmark_count; ++i) {
        const Point& point = found.landmarks[static_cast<std::size_t>(i)];
        fmt::print(",{},{}", point.x, point.y);
      }
      fmt::print("]");
      separator = ",";
    }
    fmt::print("]\n");
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    fmt::print(stderr, "usage: detect MODEL CLIP fast|exact THRESHOLD SHAPE\n");
    return 2;
  }
  try {
    silence_ffmpeg();
    ov::Core core;
    VideoReader reader(argv[2]);
    ImageModelOptions options;
    options.path = argv[1];
    options.preprocess = std::string(argv[3]) == "exact" ? PreprocessPath::exact : PreprocessPath::fast;
    options.shape = argv[5];
    const ImageModel model = load_image_model(core, options, {reader.info().width, reader.info().height});
    const auto pipeline =
        make_sync_pipeline(compile(core, model.model, {.hint = Hint::latency}), model, std::stof(argv[4]));
    PrintingSink sink;
    pipeline->run(reader, sink, {});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "detect: {}\n", error.what());
    return 1;
  }
}
