// Results as futures.
#include <chrono>
#include <future>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "scripted_queue.hpp"

namespace inflight {
namespace {

TEST(InferFuture, CarriesCopiesSoThatMoreFuturesThanRequestsMayBeKept) {
  ScriptedDevice device(2);
  ScriptedQueue<long> queue(scripted_requests(&device, 2));
  queue.set_callback([](ScriptedResult<long>) { FAIL() << "a future's result went to the callback"; });
  using Future = std::future<ScriptedResult<long>::Detached>;
  std::vector<Future> futures;
  for (long item = 0; item < 100; ++item) futures.push_back(queue.infer_future(write(item), item));
  for (long item = 0; item < 100; ++item) {
    auto result = futures[static_cast<std::size_t>(item)].get();
    EXPECT_EQ(result.output(0), output_of(item));
    EXPECT_EQ(result.userdata(), item);
    EXPECT_LE(result.stamps().completed, result.stamps().delivered);
  }
  EXPECT_EQ(queue.counts().idle, 2u);
}

TEST(InferFuture, CarriesAnErrorAsDataWithTheUserdata) {
  ScriptedDevice device(1);
  ScriptedQueue<std::string> queue(scripted_requests(&device, 2));
  auto result = queue.infer_future(throw_in_fill(), "frame 7").get();
  EXPECT_EQ(result.outcome(), Outcome::failed);
  EXPECT_EQ(result.userdata(), "frame 7");
  EXPECT_THROW((void)result.output(0), FillError);
}

TEST(InferFuture, CarriesWhatCopyingTheOutputsThrew) {
  ScriptedDevice device(1);
  ScriptedQueue<long> queue(scripted_requests(&device, 1));
  auto future = queue.infer_future(write(uncopyable), 1);
  EXPECT_THROW((void)future.get(), std::bad_alloc);
  EXPECT_EQ(queue.infer_future(write(2), 2).get().output(0), output_of(2));  // the request is back
  EXPECT_NO_THROW(queue.wait_all());
}

struct CopyThrows {
  CopyThrows() = default;
  CopyThrows(const CopyThrows&) { throw std::range_error("copy"); }
  CopyThrows(CopyThrows&&) noexcept = default;
};

TEST(InferFuture, ThrowsAtOnceWhenItsUserdataCannotBeCopied) {
  ScriptedDevice device(1);
  ScriptedQueue<CopyThrows> queue(scripted_requests(&device, 1));
  const CopyThrows userdata;
  EXPECT_THROW((void)queue.infer_future(write(1), userdata), std::range_error);
  EXPECT_EQ(queue.infer_future(write(2)).get().output(0), output_of(2));
}

TEST(InferFuture, ThrowsWhatASubmissionWouldHaveAnswered) {
  ScriptedDevice device(0);
  ScriptedQueue<std::unique_ptr<int>> queue(scripted_requests(&device, 1));
  auto first = queue.infer_future(write(1));
  auto kept = std::make_unique<int>(2);
  auto second = queue.infer_future(write(2), std::move(kept), std::chrono::milliseconds(1));
  EXPECT_TRUE(kept);
  try {
    (void)second.get();
    FAIL() << "nothing was thrown";
  } catch (const NotAccepted& error) {
    EXPECT_EQ(error.answer(), Submit::timed_out);
  }
  device.finish();
  EXPECT_EQ(first.get().output(0), output_of(1));
}

}  // namespace
}  // namespace inflight
