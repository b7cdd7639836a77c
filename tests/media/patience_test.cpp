#include "patience.hpp"

#include <gtest/gtest.h>

#include "wait_until.hpp"

namespace inflight {
namespace {

TEST(Patience, EndsOnAStop) {
  std::stop_source stop;
  Patience patience(stop.get_token());
  EXPECT_FALSE(patience.is_over());
  stop.request_stop();
  EXPECT_TRUE(patience.is_over());
  EXPECT_FALSE(patience.lost());
}

TEST(Patience, EndsWithTheSilenceAndStaysAtItsEnd) {
  Patience patience({}, Seconds(0.01));
  EXPECT_TRUE(wait_until([&] { return patience.is_over(); }));
  patience.renew();
  EXPECT_TRUE(patience.lost()) << "what comes later comes too late";
  EXPECT_TRUE(patience.is_over());
  patience.begin();
  EXPECT_FALSE(patience.lost());
}

TEST(Patience, IsAskedByFfmpeg) {
  std::stop_source stop;
  Patience patience(stop.get_token());
  const AVIOInterruptCB callback = patience.callback();
  EXPECT_EQ(callback.callback(callback.opaque), 0);
  stop.request_stop();
  EXPECT_EQ(callback.callback(callback.opaque), 1);
}

}  // namespace
}  // namespace inflight
