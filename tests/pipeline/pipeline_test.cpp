#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ways.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;

constexpr std::int64_t clip_frames = 120;

std::string clip() { return asset("carphone_pristine.mp4"); }

/// What each way must do, on a model that does next to nothing.
class EveryWay : public testing::TestWithParam<std::string> {
 protected:
  void use(std::shared_ptr<ov::Model> model) {
    model_ = image_model(std::move(model));
    compiled_ = compile(core_, model_.model, {.hint = Hint::throughput});
    pipeline_ = make_way(GetParam(), compiled_, model_);
  }

  ov::Core core_;
  ImageModel model_;
  ov::CompiledModel compiled_;
  std::unique_ptr<Pipeline> pipeline_;
};

TEST_P(EveryWay, DeliversEveryFrameExactlyOnce) {
  use(test_support::sum_model(32));
  std::multiset<std::int64_t> seen;
  FunctionSink sink([&](FrameResult& result) { seen.insert(result.index); });
  VideoReader reader(clip());
  const RunCounts counts = pipeline_->run(reader, sink, {});
  EXPECT_EQ(counts.read, clip_frames);
  EXPECT_EQ(counts.delivered, clip_frames);
  EXPECT_EQ(counts.failed, 0);
  ASSERT_EQ(seen.size(), static_cast<std::size_t>(clip_frames));
  std::int64_t expected = 0;
  for (const std::int64_t index : seen) EXPECT_EQ(index, expected++);
}

TEST_P(EveryWay, RunsAgainAfterARun) {
  use(test_support::sum_model(32));
  for (int i = 0; i < 3; ++i) {
    VideoReader reader(clip(), {.frames = 20});
    std::int64_t delivered = 0;
    FunctionSink sink([&](FrameResult&) { ++delivered; });
    EXPECT_EQ(pipeline_->run(reader, sink, {}).delivered, 20);
    EXPECT_EQ(delivered, 20);
  }
}

TEST_P(EveryWay, StampsFollowTheFrame) {
  use(test_support::sum_model(32));
  std::vector<FrameStamps> times;
  FunctionSink sink([](FrameResult&) {});
  VideoReader reader(clip());
  EXPECT_EQ(pipeline_->run(reader, sink, {}, {.times = &times}).delivered, clip_frames);
  ASSERT_EQ(times.size(), static_cast<std::size_t>(clip_frames));
  std::set<const void*> requests;
  for (const FrameStamps& stamps : times) {
    EXPECT_GT(stamps.asked, TimePoint{});
    EXPECT_LE(stamps.asked + stamps.demuxing, stamps.decoded);
    EXPECT_LE(stamps.decoded, stamps.acquired);
    EXPECT_LE(stamps.acquired, stamps.submitted);
    EXPECT_LE(stamps.submitted, stamps.completed);
    EXPECT_LE(stamps.completed, stamps.taken);
    EXPECT_LE(stamps.taken, stamps.delivered);
    EXPECT_LE(stamps.delivered, stamps.finished);
    EXPECT_FALSE(stamps.failed);
    requests.insert(stamps.request);
  }
  EXPECT_GE(requests.size(), std::size_t{1});
  EXPECT_LE(requests.size(), pipeline_->requests());
}

TEST_P(EveryWay, AddedWorkIsInTheAccountOfItsStageAndNoOther) {
  use(test_support::sum_model(32));
  const Milliseconds added(5);
  for (const Stage stage : {Stage::decode, Stage::fill, Stage::callback, Stage::draw, Stage::sink}) {
    FunctionSink sink([](FrameResult&) {});
    VideoReader reader(clip(), {.frames = 20});
    const RunCounts counts = pipeline_->run(reader, sink, {}, {.added = {{stage, added, true}}});
    EXPECT_EQ(counts.stages.frames(), 20);
    for (const Stage other : {Stage::decode, Stage::fill, Stage::callback, Stage::draw, Stage::sink}) {
      // A busy thread may be slow, but no stage uses a processor for what it does not do.
      if (other == stage) {
        EXPECT_GE(counts.stages.wall(other), added) << name_of(other);
        EXPECT_GE(counts.stages.cores(other), added) << name_of(other);
      } else {
        EXPECT_LT(counts.stages.cores(other), added) << name_of(other) << " beside " << name_of(stage);
      }
    }
  }
}

TEST_P(EveryWay, KnowsTheProcessorTimeOfShortRunsToo) {
  use(test_support::sum_model(32));
  const Milliseconds added(5);
  FunctionSink sink([](FrameResult&) {});
  VideoReader reader(clip(), {.frames = 3});
  const RunCounts counts = pipeline_->run(reader, sink, {}, {.added = {{Stage::decode, added, true}}});
  EXPECT_GE(counts.stages.cores(Stage::decode), added);
}

TEST_P(EveryWay, TakesProcessorTimeOfAsManyFramesAsAsked) {
  use(test_support::sum_model(32));
  FunctionSink sink([](FrameResult&) {});
  for (const std::int64_t every : {0, 1, 5}) {
    std::vector<FrameStamps> times;
    VideoReader reader(clip(), {.frames = 20});
    pipeline_->run(reader, sink, {}, {.cores_of_every = every, .times = &times});
    const auto known = std::ranges::count_if(times, [](const FrameStamps& stamps) { return stamps.cores.known; });
    EXPECT_EQ(known, every > 0 ? 20 / every : 0);
  }
}

TEST_P(EveryWay, WhatIsAddedToWaitForUsesNoProcessor) {
  use(test_support::sum_model(32));
  const Milliseconds added(5);
  FunctionSink sink([](FrameResult&) {});
  VideoReader reader(clip(), {.frames = 20});
  const RunCounts counts = pipeline_->run(reader, sink, {}, {.added = {{Stage::decode, added, false}}});
  EXPECT_GE(counts.stages.wall(Stage::decode), added);
  EXPECT_LT(counts.stages.cores(Stage::decode), added);
}

TEST_P(EveryWay, KeepsFramesOnlyWhenAsked) {
  use(test_support::sum_model(32));
  for (const bool keep : {false, true}) {
    FunctionSink sink([&](FrameResult& result) {
      EXPECT_EQ(result.frame.empty(), !keep);
      EXPECT_EQ(result.width, 176);
      EXPECT_EQ(result.height, 144);
    });
    VideoReader reader(clip(), {.frames = 10});
    EXPECT_EQ(pipeline_->run(reader, sink, {}, {.keep_frames = keep}).delivered, 10);
  }
}

TEST_P(EveryWay, AFrameThatCannotBePreprocessedIsAResultWithItsError) {
  use(test_support::sum_model(32));
  VideoReader reader(clip());
  FunctionSource source(reader, [](Frame& frame, int index) {
    if (index % 10 == 3) frame.release();
  });
  std::set<std::int64_t> failed;
  FunctionSink sink([&](FrameResult& result) {
    if (!result.error) return;
    EXPECT_THROW(std::rethrow_exception(result.error), Error);
    failed.insert(result.index);
  });
  const RunCounts counts = pipeline_->run(source, sink, {});
  EXPECT_EQ(counts.delivered, clip_frames);
  EXPECT_EQ(counts.failed, clip_frames / 10);
  EXPECT_EQ(failed.size(), static_cast<std::size_t>(clip_frames / 10));
  EXPECT_TRUE(std::all_of(failed.begin(), failed.end(), [](std::int64_t index) { return index % 10 == 3; }));
}

TEST_P(EveryWay, AnInferenceThatThrowsIsAResultWithItsError) {
  use(test_support::failing_model(32, 7));
  std::int64_t failed = 0;
  FunctionSink sink([&](FrameResult& result) {
    if (!result.error) return;
    ++failed;
    try {
      std::rethrow_exception(result.error);
    } catch (const std::exception& error) {
      EXPECT_THAT(error.what(), HasSubstr("failed on command"));
    }
  });
  VideoReader reader(clip());
  const RunCounts counts = pipeline_->run(reader, sink, {});
  EXPECT_EQ(counts.delivered, clip_frames);
  EXPECT_EQ(counts.failed, clip_frames / 7);
  EXPECT_EQ(failed, clip_frames / 7);
}

TEST_P(EveryWay, ALostSourceThrowsAfterEverythingReadIsDelivered) {
  use(test_support::sum_model(32));
  VideoReader reader(clip());
  FunctionSource source(reader, [](Frame&, int index) {
    if (index == 30) throw Error("the camera is gone");
  });
  std::int64_t delivered = 0;
  FunctionSink sink([&](FrameResult&) { ++delivered; });
  EXPECT_THROW(
      {
        try {
          pipeline_->run(source, sink, {});
        } catch (const Error& error) {
          EXPECT_STREQ(error.what(), "the camera is gone");
          throw;
        }
      },
      Error);
  EXPECT_EQ(delivered, 30);
}

TEST_P(EveryWay, ASinkThatThrowsEndsTheRunAndThePipelineStaysUsable) {
  use(test_support::sum_model(32));
  VideoReader reader(clip());
  std::int64_t delivered = 0;
  FunctionSink failing([&](FrameResult&) {
    if (++delivered == 10) throw std::runtime_error("the disk is full");
  });
  EXPECT_THROW(pipeline_->run(reader, failing, {}), std::runtime_error);
  EXPECT_EQ(delivered, 10) << "nothing more may reach a sink that threw";
  VideoReader again(clip());
  std::int64_t after = 0;
  FunctionSink sink([&](FrameResult&) { ++after; });
  EXPECT_EQ(pipeline_->run(again, sink, {}).delivered, clip_frames);
  EXPECT_EQ(after, clip_frames);
}

TEST_P(EveryWay, StopEndsTheRunWithEveryReadFrameDelivered) {
  use(test_support::sum_model(32));
  std::stop_source stop;
  VideoReader reader(clip(), {.loop = true, .stop = stop.get_token()});
  std::int64_t delivered = 0;
  FunctionSink sink([&](FrameResult&) {
    if (++delivered == 50) stop.request_stop();
  });
  const RunCounts counts = pipeline_->run(reader, sink, stop.get_token());
  EXPECT_GE(counts.delivered, 50);
  EXPECT_EQ(counts.read, counts.delivered);
  EXPECT_EQ(delivered, counts.delivered);
}

TEST_P(EveryWay, WarmUpRunsEveryRequest) {
  const int fail_always = 1;
  use(test_support::failing_model(32, fail_always));
  EXPECT_ANY_THROW(pipeline_->warm_up()) << "an inference that fails shows at the warm-up";
  use(test_support::sum_model(32));
  EXPECT_NO_THROW(pipeline_->warm_up());
}

INSTANTIATE_TEST_SUITE_P(Ways, EveryWay, testing::Values("sync", "two-requests", "queue"), [](const auto& one) {
  std::string name = one.param;
  name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
  return name;
});

TEST(Order, SyncAndTwoRequestsDeliverInTheOrderOfTheFrames) {
  ov::Core core;
  const ImageModel model = image_model(test_support::sum_model(32));
  const ov::CompiledModel compiled = compile(core, model.model, {});
  for (const char* way : {"sync", "two-requests"}) {
    std::int64_t next = 0;
    FunctionSink sink([&](FrameResult& result) { EXPECT_EQ(result.index, next++); });
    VideoReader reader(clip());
    make_way(way, compiled, model)->run(reader, sink, {});
    EXPECT_EQ(next, clip_frames);
  }
}

TEST(Agreement, OutputsOfTheThreeWaysAreEqualBitForBitOnEveryFrame) {
  ov::Core core;
  for (const char* name : {"carphone_pristine.mp4", "bikes.mp4"}) {
    const VideoInfo info = VideoReader(asset(name)).info();
    ImageModelOptions options;
    options.path = asset("centerface.onnx");
    const ImageModel model = load_image_model(core, options, {info.width, info.height});
    const ov::CompiledModel compiled = compile(core, model.model, {.hint = Hint::throughput});
    std::map<std::int64_t, std::uint64_t> expected_outputs;
    std::map<std::int64_t, Detections> expected;
    for (const char* way : {"sync", "two-requests", "queue"}) {
      FunctionSink sink([&](FrameResult& result) {
        const auto [outputs, first] = expected_outputs.try_emplace(result.index, result.output_digest);
        EXPECT_EQ(outputs->second, result.output_digest) << way << ", frame " << result.index;
        EXPECT_EQ(expected.try_emplace(result.index, result.detections).first->second, result.detections);
      });
      VideoReader reader(asset(name), {.frames = 60});
      make_way(way, compiled, model)->run(reader, sink, {}, {.digest_outputs = true});
    }
    EXPECT_EQ(expected.size(), 60U);
    std::set<std::uint64_t> different;
    for (const auto& [index, outputs] : expected_outputs) different.insert(outputs);
    EXPECT_GT(different.size(), 50U) << "the digest must tell frames apart";
  }
}

}  // namespace
}  // namespace inflight
