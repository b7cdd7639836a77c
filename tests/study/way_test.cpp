#include "study/way.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inflight/media/video_reader.hpp"

namespace inflight {
namespace {

struct Counts {
  std::int64_t dropped = 0, repeated = 0;
  WayRecord record;
};

/// Of a way over the first ten frames of a clip, measured as if there were so many.
Counts counts_when(std::int64_t frames_expected) {
  ov::Core core;
  ImageModelOptions file;
  file.path = std::string(INFLIGHT_ASSETS) + "/centerface.onnx";
  const ImageModel model = load_image_model(core, file, {176, 144});
  WayOptions options;
  options.name = "queue";
  Way way(options, compile(core, model.model, {}), model, 0.6F);
  way.warm_up();
  Progress progress;
  VideoReader clip(std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4", {.frames = 10});
  EXPECT_TRUE(way.measure(clip, frames_expected, {}, progress, {}));
  EXPECT_EQ(way.record().frames, 0) << "a round counts when it is kept";
  way.keep_round();
  const WayFindings findings = way.findings(false);
  return {findings.dropped_frames, findings.repeated_frames, way.record()};
}

TEST(Way, DeliversEveryFrameOnce) {
  const Counts counts = counts_when(10);
  EXPECT_EQ(counts.dropped, 0);
  EXPECT_EQ(counts.repeated, 0);
  EXPECT_EQ(counts.record.frames, 10);
  EXPECT_EQ(std::to_string(counts.record.first_inference.size()), counts.record.given.requests);
}

TEST(Way, CountsFramesThatNeverCameAndThoseThatCameTooOften) {
  EXPECT_EQ(counts_when(13).dropped, 3);
  EXPECT_EQ(counts_when(8).repeated, 2);
}

}  // namespace
}  // namespace inflight
