// A program of its own: it replaces operator new.
#include "allocation_counter.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "inflight/measure/process_meter.hpp"
#include "ways.hpp"

namespace inflight {
namespace {

/// Counts nothing until the run is warm, then until its end.
class CountingSource final : public FrameSource {
 public:
  CountingSource(FrameSource& source, int warm, int counted) : source_(source), warm_(warm), end_(warm + counted) {}

  ReadOutcome read(Frame& frame) override {
    if (index_ == warm_) scope_.emplace();
    if (index_ == end_) {
      scope_.reset();
      frame.release();
      return ReadOutcome::end;
    }
    ++index_;
    return source_.read(frame);
  }

 private:
  FrameSource& source_;
  std::optional<allocation_counter::Scope> scope_;
  int index_ = 0, warm_, end_;
};

class Allocations : public testing::TestWithParam<std::string> {};

TEST_P(Allocations, NoneOfOursPerFrameOnceWarm) {
  ov::Core core;
  const VideoInfo info = VideoReader(asset("bikes.mp4")).info();
  ImageModelOptions options;
  options.path = asset("centerface.onnx");
  const ImageModel model = load_image_model(core, options, {info.width, info.height});
  const auto pipeline = make_way(GetParam(), compile(core, model.model, {.hint = Hint::throughput}), model);
  std::int64_t found = 0;
  FunctionSink sink([&](FrameResult& result) { found += static_cast<std::int64_t>(result.detections.size()); });
  VideoReader reader(asset("bikes.mp4"));
  CountingSource source(reader, 60, 150);
  pipeline->run(source, sink, {});
  EXPECT_GT(allocation_counter::total, 0) << "OpenVINO allocates per inference: a counter at 0 counts nothing";
  EXPECT_EQ(allocation_counter::ours, 0);
}

INSTANTIATE_TEST_SUITE_P(Ways, Allocations, testing::Values("sync", "two-requests", "queue"),
                         [](const auto& one) { return one.param == "two-requests" ? "tworequests" : one.param; });

TEST(AllocationCounter, SeesAnAllocationOfOurs) {
  const allocation_counter::Scope scope;
  const auto text = std::make_unique<std::string>(100, 'x');
  EXPECT_EQ(text->size(), 100U);
  EXPECT_EQ(allocation_counter::ours, 2);
}

TEST(Memory, StaysFlatOverAHundredThousandFrames) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer keeps what was freed";
#endif
  ov::Core core;
  const ImageModel model = image_model(test_support::sum_model(32));
  const auto pipeline = make_way("queue", compile(core, model.model, {.hint = Hint::throughput}), model);
  FunctionSink sink([](FrameResult&) {});
  const auto run = [&](std::int64_t frames) {
    VideoReader reader(asset("carphone_pristine.mp4"), {.loop = true, .frames = frames});
    EXPECT_EQ(pipeline->run(reader, sink, {}).delivered, frames);
  };
  run(5'000);
  const std::int64_t before = resident_memory();
  run(100'000);
  constexpr std::int64_t mebibyte = 1 << 20;
  EXPECT_LT(resident_memory() - before, 4 * mebibyte);
}

}  // namespace
}  // namespace inflight
