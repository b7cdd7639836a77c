#include "study/explain/remedy.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

ExplainedProgram queue_program() {
  ExplainedProgram program;
  program.way = {"queue", {.hint = Hint::throughput}, 0};
  return program;
}

std::vector<Remedy> remedies(const std::string& stage, const ExplainedProgram& program,
                             CoreAllowance allowance = {2, 2}) {
  return remedies_for({stage, "", {}}, program, allowance,
                      {.requests = 4, .optimal_requests = 2, .decoder_threads = 1});
}

TEST(Remedy, ChangesOneThingAndSaysHowToAskForIt) {
  ExplainedProgram program = queue_program();
  program.way.requests = 1;
  const auto found = remedies("submission", program);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].program.way.requests, 4U);
  EXPECT_EQ(found[0].flags, "--requests 4");
}

TEST(Remedy, OfASlowerWayIsTheQueue) {
  ExplainedProgram program = queue_program();
  program.way = {"sync", {.hint = Hint::latency, .streams = 1}, 0};
  const auto found = remedies("device compute", program);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].program.way.name, "queue");
  EXPECT_EQ(found[0].program.way.compile.hint, Hint::throughput);
  EXPECT_EQ(found[0].program.way.compile.streams, 0);
  EXPECT_EQ(found[0].flags, "--way queue --hint throughput, without --streams and --threads");
}

TEST(Remedy, AgainstTheDeviceFirstTakesBackWhatHoldsItDown) {
  ExplainedProgram program = queue_program();
  program.way.compile.hint = Hint::latency;
  EXPECT_EQ(remedies("device compute", program)[0].flags, "--hint throughput");
  program.way.compile.streams = 1;
  EXPECT_EQ(remedies("device compute", program)[0].flags, "--hint throughput, without --streams and --threads");
  program.way.compile.hint = Hint::throughput;
  program.way.compile.threads = 1;
  EXPECT_EQ(remedies("device compute", program)[0].program.way.compile.threads, 0);
}

TEST(Remedy, IsNotPinnedTwice) {
  ExplainedProgram program = queue_program();
  program.way.compile.properties = {"ENABLE_CPU_PINNING=NO"};
  for (const Remedy& remedy : remedies("device compute", program))
    EXPECT_EQ(remedy.program.way.compile.properties.size(), 1U);
}

TEST(Remedy, ForEachOtherLimit) {
  const ExplainedProgram program = queue_program();
  EXPECT_EQ(remedies("decode", program)[0].program.decoder_threads, 2);
  EXPECT_EQ(remedies("callback", program)[0].program.callback_threads, 2U);
  EXPECT_TRUE(remedies("sink", program)[0].program.newest_only);
  EXPECT_TRUE(remedies("drawing", program)[0].program.newest_only);
  EXPECT_EQ(remedies("contention", program)[0].program.way.compile.threads, 1);
  EXPECT_EQ(remedies("CPU quota", program, {.cores = 4, .machine_cores = 4, .quota = 1.5})[0].flags,
            "--threads 1 --streams 1");
  ExplainedProgram exact = program;
  exact.model.preprocess = PreprocessPath::exact;
  EXPECT_EQ(remedies("preprocessing", exact)[0].program.model.preprocess, PreprocessPath::fast);
}

TEST(Remedy, OfDecodingIsOneThreadMoreThanThereAre) {
  const auto found = remedies_for({"decode", "", {}}, queue_program(), {}, {.decoder_threads = 4});
  EXPECT_EQ(found[0].program.decoder_threads, 5);
  EXPECT_EQ(found[0].flags, "--decoder-threads 5");
}

TEST(Remedy, OfDrawingIsASmallerPictureToo) {
  ExplainedProgram program = queue_program();
  program.output = Output::drawing;
  const auto found = remedies_for({"drawing", "", {}}, program, {}, {.picture_width = 1280});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].program.render_width, 640);
  EXPECT_EQ(found[1].flags, "--render-width 640");
}

TEST(Remedy, IsNoneAgainstASourceThatGivesNoMore) { EXPECT_TRUE(remedies("source", queue_program()).empty()); }

}  // namespace
}  // namespace inflight
