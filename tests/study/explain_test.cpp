#include "inflight/study/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "inflight/base/error.hpp"
#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;

ExplainOptions short_explanation() {
  ExplainOptions options;
  ExplainedProgram& program = options.program;
  program.input = std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4";
  program.model.path = std::string(INFLIGHT_ASSETS) + "/centerface.onnx";
  options.sync = {"sync", {.hint = Hint::latency}, 0};
  options.two_requests = {"two-requests", {.hint = Hint::latency}, 0};
  options.queue = program.way = {"queue", {.hint = Hint::throughput}, 0};
  options.rounds = 1;
  options.time = Seconds(4);
  return options;
}

ExplainRecord record_of(const ExplainOptions& options) {
  Progress progress;
  return explain(options, progress, {}).record;
}

TEST(Explain, StepsAndRemainderSumUpInEveryWay) {
  for (const auto* way : {"sync", "two-requests", "queue"}) {
    ExplainOptions options = short_explanation();
    options.program.way = std::string(way) == "sync"           ? options.sync
                          : std::string(way) == "two-requests" ? options.two_requests
                                                               : options.queue;
    const ExplainRecord record = record_of(options);
    EXPECT_EQ(record.way, way);
    double sum = record.remainder_ms_per_frame;
    for (const WaterfallStep& step : record.waterfall) sum += step.ms_per_frame;
    EXPECT_NEAR(sum, record.observed_ms_per_frame, 1e-9);
    EXPECT_GT(record.waterfall.at(0).ms_per_frame, 0);
    EXPECT_EQ(record.waterfall.at(0).name, "ceiling");
    EXPECT_EQ(record.waterfall.back().name, "slower inference");
    EXPECT_GT(record.gain.predicted, 0);
    EXPECT_FALSE(record.gain.verdict.empty());
    EXPECT_FALSE(record.limit.stage.empty());
    EXPECT_EQ(record.failed, 0);
  }
}

TEST(Explain, OfASinkThatGetsTheNewestOnlyHasNoStepThatTheProgramDoesNotTake) {
  ExplainOptions options = short_explanation();
  options.program.output = Output::drawing;
  options.program.newest_only = true;
  options.program.added = {{Stage::draw, Milliseconds(30), false}};
  const ExplainRecord record = record_of(options);
  for (const WaterfallStep& step : record.waterfall) {
    EXPECT_NE(step.name, "drawing");
    EXPECT_LT(step.ms_per_frame, 15) << step.name << ": nobody waits for the 30 ms";
  }
  EXPECT_THAT(record.notes, testing::Contains(HasSubstr("results: the newest when it had time")));
}

TEST(Explain, TheCeilingHasEveryRequestAndFewerAreAStep) {
  ExplainOptions options = short_explanation();
  options.queue.requests = options.program.way.requests = 1;
  const ExplainRecord record = record_of(options);
  ASSERT_GT(record.waterfall.size(), 2U);
  EXPECT_EQ(record.waterfall[1].name, "requests");
  EXPECT_EQ(record.waterfall[1].text, "1 request as asked");
  EXPECT_EQ(record.given.requests, "1");
}

TEST(Explain, TellsTheRequestsThatAnOrderedQueueKeeps) {
  ExplainOptions options = short_explanation();
  options.program.output = Output::video;
  const ExplainRecord record = record_of(options);
  const auto streams = std::stoi(record.given.streams);
  EXPECT_EQ(record.given.requests, std::to_string(4 * streams)) << "four for each stream, to have an order";
}

TEST(Explain, DoubtsRunsOfAFewFrames) {
  ExplainOptions options = short_explanation();
  options.frames = 3;
  options.rounds = 3;
  const ExplainRecord record = record_of(options);
  EXPECT_FALSE(record.valid);
  EXPECT_THAT(record.reasons, testing::Contains(HasSubstr("too few frames in a run: 3")));
}

TEST(Explain, GivesTheTimesOfEveryWayFrameByFrame) {
  Progress progress;
  const Explanation explanation = explain(short_explanation(), progress, {});
  ASSERT_EQ(explanation.ways.size(), 3U);
  for (const WayTimes& way : explanation.ways) {
    EXPECT_GT(way.frames.size(), 1U) << way.name;
    EXPECT_GE(way.shape.streams, 1);
  }
  EXPECT_TRUE(explanation.ways[2].shape.callback_thread);
  const ExplainRecord& record = explanation.record;
  EXPECT_GT(record.device_executing_ms, 0);
  EXPECT_GE(record.device_unseen_ms, 0);
}

TEST(Explain, TooLittleTimeSaysHowMuchItTakes) {
  ExplainOptions options = short_explanation();
  options.time = Seconds(0.5);
  Progress progress;
  try {
    explain(options, progress, {});
    FAIL() << "it must not run";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("give at least 3"));
  }
}

TEST(Explain, ALiveSourceIsRefusedWithARemedy) {
  ExplainOptions options = short_explanation();
  options.program.input = "0";
  Progress progress;
  try {
    explain(options, progress, {});
    FAIL() << "it must not run";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--rate"));
  }
}

TEST(Explain, StoppedBeforeARoundItTellsThatNothingWasMeasured) {
  std::stop_source stop;
  Progress progress;
  const std::jthread watcher([&] {
    while (!progress.snapshot().phase.starts_with("synchronous loops")) std::this_thread::yield();
    stop.request_stop();
  });
  const ExplainRecord record = explain(short_explanation(), progress, stop.get_token()).record;
  EXPECT_TRUE(record.interrupted);
  EXPECT_EQ(record.rounds, 0);
  EXPECT_TRUE(record.waterfall.empty());
  EXPECT_FALSE(record.valid);
}

TEST(Explain, StoppedBeforeAFrameWasReadHasNothingToTell) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress;
  EXPECT_THROW(explain(short_explanation(), progress, stop.get_token()), Interrupted);
}

/// A sink with a pool of threads that all compute.
class BusyPool final : public Sink {
 public:
  explicit BusyPool(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this](const std::stop_token& stop) {
        for (std::uint64_t value = 1; !stop.stop_requested();) {
          for (int step = 0; step < 1000; ++step) value = value * 6364136223846793005U + 1;
          sum_.fetch_add(value, std::memory_order_relaxed);
        }
      });
    }
  }
  void deliver(FrameResult&) override {}

 private:
  std::atomic<std::uint64_t> sum_ = 0;
  std::vector<std::jthread> threads_;
};

TEST(ExplainFault, ASinkWithAPoolOf64BusyThreadsIsContention) {
  ExplainOptions options = short_explanation();
  options.program.make_sink = [] { return std::make_unique<BusyPool>(64); };
  const ExplainRecord record = record_of(options);
  EXPECT_EQ(record.limit.stage, "contention") << record.limit.text;
}

}  // namespace
}  // namespace inflight
