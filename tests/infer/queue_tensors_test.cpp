// Memory: lent inputs, detached outputs.
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

// openvino#36554: with shared inputs the caller's memory was gone before the device had read it.
TEST(Inputs, LendsForeignMemoryForOneItemAndGivesTheRequestItsOwnBack) {
  ScriptedDevice device(0);
  ScriptedQueue<std::shared_ptr<InputData>> queue(scripted_requests(&device, 1));
  std::optional<ScriptedResult<std::shared_ptr<InputData>>> held;
  queue.set_callback([&](ScriptedResult<std::shared_ptr<InputData>> result) { held.emplace(std::move(result)); });
  InputData* own = nullptr;
  submitted(queue.start_async([&](ScriptedInputs inputs) { own = inputs[0].data; }));
  device.finish();
  held.reset();

  const auto lend = [](ScriptedInputs inputs, const std::shared_ptr<InputData>& frame) {
    inputs.lend(0, {frame.get()});
  };
  const auto frame = std::make_shared<InputData>(InputData{42, Fate::succeed});
  submitted(queue.start_async(lend, frame));
  EXPECT_EQ(frame.use_count(), 2);  // the owner rides in the userdata
  device.finish();
  EXPECT_EQ(*held->output(0).data, output_of(42));
  EXPECT_EQ(frame.use_count(), 2);
  held.reset();
  EXPECT_EQ(frame.use_count(), 1);

  submitted(queue.start_async([&](ScriptedInputs inputs) { EXPECT_EQ(inputs[0].data, own); }));
  device.finish();
  held.reset();
}

TEST(Inputs, TakesLentMemoryBackWhateverFails) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  InputData foreign;
  InputData other;
  const auto expect_own = [&](ScriptedInputs inputs) {
    EXPECT_NE(inputs[0].data, &foreign);
    EXPECT_NE(inputs[0].data, &other);
  };
  submitted(queue.start_async([&](ScriptedInputs inputs) {
    inputs.lend(0, {&foreign});
    inputs.lend(0, {&other});  // the last one counts
    EXPECT_EQ(inputs[0].data, &other);
    throw FillError("fill");
  }));
  submitted(queue.start_async(expect_own));
  device.finish();
  for (const Fate fate : {Fate::fail_to_start, Fate::fail_to_infer}) {
    foreign.fate = fate;
    submitted(queue.start_async([&](ScriptedInputs inputs) { inputs.lend(0, {&foreign}); }));
    if (fate == Fate::fail_to_infer) device.finish();
    submitted(queue.start_async(expect_own));
    device.finish();
  }
  submitted(queue.start_async([&](ScriptedInputs inputs) {
    EXPECT_THROW(inputs.lend(0, {nullptr}), std::invalid_argument);
    expect_own(inputs);
  }));
  device.finish();
}

TEST(Inputs, TakesLentMemoryBackBeforeARestart) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  InputData foreign{5, Fate::succeed};
  int delivered = 0;
  queue.set_callback([&](ScriptedResult<> result) {
    if (++delivered > 1) return;
    const auto next = [&](ScriptedInputs inputs) { EXPECT_NE(inputs[0].data, &foreign); };
    EXPECT_EQ(queue.restart(std::move(result), next), Submit::accepted);
  });
  submitted(queue.start_async([&](ScriptedInputs inputs) { inputs.lend(0, {&foreign}); }));
  device.finish();
  device.finish();
  EXPECT_EQ(delivered, 2);
}

TEST(Detach, CopiesTheOutputsMovesTheUserdataAndReleases) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<long>> queue(scripted_requests(&device, 1));
  std::optional<ScriptedResult<std::unique_ptr<long>>::Detached> kept;
  queue.set_callback([&](ScriptedResult<std::unique_ptr<long>> result) {
    kept.emplace(result.detach());
    EXPECT_EQ(queue.counts().idle, 1u);
    EXPECT_THROW((void)result.ok(), std::logic_error);
    EXPECT_THROW((void)result.detach(), std::logic_error);
  });
  submitted(queue.start_async(write(1), std::make_unique<long>(1)));
  device.finish();
  queue.wait_all();
  queue.set_callback(nullptr);
  submitted(queue.start_async(write(2)));
  device.finish();
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->ok());
  EXPECT_EQ(kept->output(0), output_of(1));
  EXPECT_EQ(*kept->userdata(), 1);
  EXPECT_THROW((void)kept->output(1), std::out_of_range);
}

TEST(Detach, KeepsTheLeaseWhenTheOutputsCannotBeCopied) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<long>> queue(scripted_requests(&device, 1));
  bool called = false;
  queue.set_callback([&](ScriptedResult<std::unique_ptr<long>> result) {
    called = true;
    EXPECT_THROW((void)result.detach(), std::bad_alloc);
    EXPECT_EQ(queue.counts().leased, 1u);
    EXPECT_EQ(*result.output(0).data, output_of(uncopyable));
    EXPECT_EQ(*result.userdata(), 7);
  });
  submitted(queue.start_async(write(uncopyable), std::make_unique<long>(7)));
  device.finish();
  EXPECT_TRUE(called);
  EXPECT_EQ(queue.counts().idle, 1u);
}

}  // namespace
}  // namespace inflight
