// One outcome per item, whatever fails, and the queue stays whole.
#include <atomic>
#include <chrono>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "awaiting.hpp"
#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(AsyncInferQueue, DeliversEveryItemOnceWithItsOwnOutputWhateverTheOrder) {
  ScriptedDevice device(3);
  ScriptedQueue<long> queue(scripted_requests(&device, 4));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) { outcomes.add(result); });
  std::multimap<long, std::string> expected;
  for (long item = 0; item < 1000; ++item) {
    ASSERT_EQ(queue.start_async(write(item), item), Submit::accepted);
    expected.emplace(item, output_text(item));
  }
  queue.wait_all();
  EXPECT_EQ(outcomes.all(), expected);
}

// model_server#4335, #2871, intel/onnxruntime#679: requests were lost when start_async threw. Open Model Zoo's pipeline
// keeps a request whose callback threw, and Python's AsyncInferQueue calls no callback for an item that failed.
//
// Each way to fail: the item's outcome is the error itself, and the queue goes on with all its requests.
struct Failure {
  const char* name;
  Fate fate;
  bool in_fill;
};

void PrintTo(const Failure& failure, std::ostream* out) { *out << failure.name; }

class FailingItem : public testing::TestWithParam<Failure> {};

TEST_P(FailingItem, HasItsErrorAsItsOutcomeAndLeavesTheQueueWhole) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  Outcomes outcomes;
  queue.set_callback([&](ScriptedResult<long> result) {
    EXPECT_FALSE(result.ok());
    EXPECT_THROW(result.outputs(), std::runtime_error);
    outcomes.add(result);
  });
  const auto fill = [&](ScriptedInputs inputs, long& item) {
    if (GetParam().in_fill) throw FillError("fill");
    *inputs[0].data = {item, GetParam().fate};
  };
  std::multimap<long, std::string> expected;
  for (long item = 100; item < 110; ++item) {  // five times the requests: one lost each time would show
    ASSERT_EQ(queue.try_start_async(fill, item), Submit::accepted);
    if (GetParam().fate == Fate::fail_to_infer) device.finish();
    expected.emplace(item, GetParam().name);
  }
  queue.wait_all();
  EXPECT_EQ(outcomes.all(), expected);
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

INSTANTIATE_TEST_SUITE_P(AsyncInferQueue, FailingItem,
                         testing::Values(Failure{"fill", Fate::succeed, true},
                                         Failure{"start", Fate::fail_to_start, false},
                                         Failure{"inference", Fate::fail_to_infer, false}),
                         [](const auto& failure) { return std::string("In_") + failure.param.name; });

LeakyCoroutine throw_while_reading(ScriptedQueue<long>& queue) {
  auto fill = write(1);
  const auto result = co_await queue.infer(fill, 1L);
  throw InferenceError("reading of " + std::to_string(*result.output(0).data));
}

// intel/onnxruntime#679, openvino#13114: requests were lost when reading outputs threw, and the next one waited for
// ever.
TEST(Result, GoesBackWhenAnExceptionEndsWhoReadsIt) {
  ScriptedDevice device(0);
  std::vector<LeakyCoroutine> coroutines;
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  std::atomic<int> heard = 0;
  queue.set_error_handler([&](const std::exception_ptr&) { ++heard; });
  queue.set_callback([](const ScriptedResult<long>&) { throw InferenceError("reading"); });
  const auto read_in_a_loop = [&] {
    for (const auto result : queue.run(std::vector<long>{1, 2}, write(1))) throw InferenceError("reading");
  };
  for (int round = 0; round < 5; ++round) {  // more often than there are requests: one lost each time would show
    submitted(queue.start_async(write(1), 1));
    coroutines.push_back(throw_while_reading(queue));
    device.finish();
    device.finish();
    const std::jthread finishing([&] {
      device.finish();
      device.finish();
    });
    EXPECT_THROW(read_in_a_loop(), InferenceError);
    queue.wait_all();
    ASSERT_EQ(queue.counts().idle, 2U);
  }
  EXPECT_EQ(heard, 10);
}

// model_api's queue threw a pointer to a sliced copy: no handler caught it, and its message was lost.
TEST(AsyncInferQueue, KeepsTheTypeOfTheFailure) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  std::exception_ptr error;
  queue.set_callback([&](ScriptedResult<> result) { error = result.error(); });
  submitted(queue.start_async(throw_in_fill()));
  EXPECT_THROW(std::rethrow_exception(error), FillError);
  submitted(queue.start_async(write(1, Fate::fail_to_start)));
  EXPECT_THROW(std::rethrow_exception(error), StartError);
  submitted(queue.start_async(write(1, Fate::fail_to_infer)));
  device.finish();
  EXPECT_THROW(std::rethrow_exception(error), InferenceError);
}

TEST(AsyncInferQueue, PassesTheVeryExceptionOfInferenceOn) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  std::exception_ptr error;
  queue.set_callback([&](const ScriptedResult<>& result) { error = result.error(); });
  submitted(queue.start_async(write(1, Fate::fail_to_infer)));
  const std::exception_ptr delivered = device.finish();
  EXPECT_TRUE(delivered);
  EXPECT_EQ(error, delivered);
  submitted(queue.start_async(write(1)));
  EXPECT_FALSE(device.finish());
  EXPECT_FALSE(error);
}

// Python's AsyncInferQueue throws the first error again for ever, and its wait_all ends at the first request that
// failed. openvino#11075, #11123, open_model_zoo#3376: exceptions in callbacks hung the program.
TEST(AsyncInferQueue, ReportsACallbacksExceptionOnceFromWaitAll) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.set_callback([](ScriptedResult<long> result) { throw std::range_error(std::to_string(result.userdata())); });
  for (long item = 1; item <= 5; ++item) {
    ASSERT_EQ(queue.try_start_async(write(item), item), Submit::accepted);
    device.finish();
  }
  try {
    queue.wait_all();
    FAIL() << "wait_all was silent";
  } catch (const std::range_error& error) {
    EXPECT_STREQ(error.what(), "1");
  }
  EXPECT_NO_THROW(queue.wait_all());
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(AsyncInferQueue, WaitsForEveryItemAlsoWhenTheFirstFailed) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 3));
  std::atomic<int> delivered = 0;
  queue.set_callback([&](ScriptedResult<long> result) {
    ++delivered;
    if (result.userdata() < 2) throw std::range_error("callback");
  });
  submitted(queue.start_async(write(0, Fate::fail_to_infer), 0));
  device.finish();
  submitted(queue.start_async(throw_in_fill(), 1));
  for (long item = 2; item < 5; ++item) submitted(queue.start_async(write(item), item));
  std::atomic<bool> returned = false;
  std::jthread finishing([&] {
    const TimePoint patient = later(Clock::now(), std::chrono::milliseconds(200));
    while (!returned && Clock::now() < patient) std::this_thread::yield();  // where it does not wait, it returns
    for (int i = 0; i < 3; ++i) device.finish();
  });
  EXPECT_THROW(queue.wait_all(), std::range_error);
  EXPECT_EQ(delivered, 5);
  returned = true;
}

TEST(AsyncInferQueue, TellsTheErrorHandlerOfEveryCallbacksException) {
  ScriptedDevice device(0);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  std::vector<std::string> heard;
  queue.set_callback([](ScriptedResult<long> result) { throw std::range_error(std::to_string(result.userdata())); });
  queue.set_error_handler([&](std::exception_ptr error) { heard.push_back(message_of(error)); });
  for (long item = 1; item <= 3; ++item) {
    submitted(queue.start_async(write(item), item));
    device.finish();
  }
  EXPECT_NO_THROW(queue.wait_all());
  EXPECT_EQ(heard, (std::vector<std::string>{"1", "2", "3"}));
}

TEST(AsyncInferQueue, SurvivesAnErrorHandlerThatThrows) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  queue.set_callback([](ScriptedResult<>) { throw std::range_error("callback"); });
  queue.set_error_handler([](std::exception_ptr) { throw std::range_error("handler"); });
  submitted(queue.start_async(write(1)));
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
  queue.set_callback(nullptr);
  expect_full_capacity(queue, device);
}

TEST(AsyncInferQueue, TreatsTheErrorHandlerAsPartOfTheCallback) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  ScriptedQueue<> full(scripted_requests(&device, 1));
  submitted(full.start_async(write(1)));
  queue.set_callback([](ScriptedResult<>) { throw std::range_error("callback"); });
  std::optional<Submit> answer;
  queue.set_error_handler([&](std::exception_ptr) {
    answer = full.start_async(write(2));
    EXPECT_THROW(queue.wait_all(), std::logic_error);
  });
  submitted(queue.start_async(write(1)));
  device.finish(1);
  EXPECT_EQ(answer, Submit::would_deadlock);
  device.finish();
}

TEST(AsyncInferQueue, EnsureAcceptedThrowsEveryOtherAnswer) {
  EXPECT_NO_THROW(ensure_accepted(Submit::accepted));
  for (const Submit answer :
       {Submit::full, Submit::stopped, Submit::timed_out, Submit::would_deadlock, Submit::request_lost}) {
    try {
      ensure_accepted(answer);
      ADD_FAILURE() << to_string(answer);
    } catch (const NotAccepted& error) {
      EXPECT_EQ(error.answer(), answer);
      EXPECT_NE(std::string(error.what()).find(to_string(answer)), std::string::npos) << error.what();
    }
  }
}

TEST(AsyncInferQueue, DropsResultsWhenThereIsNoCallback) {
  ScriptedDevice device(0);
  ScriptedQueue<> queue(scripted_requests(&device, 1));
  ASSERT_EQ(queue.start_async(write(1, Fate::fail_to_infer)), Submit::accepted);
  device.finish();
  EXPECT_NO_THROW(queue.wait_all());
  expect_full_capacity(queue, device);
}

}  // namespace
}  // namespace inflight
