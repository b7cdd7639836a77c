#include "inflight/base/error.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

TEST(FirstLine, IsWhatStandsBeforeTheFirstLineBreak) {
  EXPECT_EQ(first_line("cannot open device\nat device.cpp:17\n"), "cannot open device");
  EXPECT_EQ(first_line("one line"), "one line");
}

TEST(FirstLine, HasNoBlanksAroundIt) {
  EXPECT_EQ(first_line("  \t padded \t\r\nsecond"), "padded");
  EXPECT_EQ(first_line("windows\r\nlines"), "windows");
}

TEST(FirstLine, PassesOverEmptyLines) { EXPECT_EQ(first_line("\n \n\r\n  third\nfourth"), "third"); }

TEST(FirstLine, OfNothingIsEmpty) {
  EXPECT_EQ(first_line(""), "");
  EXPECT_EQ(first_line(" \t\r\n "), "");
}

TEST(Errors, AreToldApartByTypeAndCaughtTogether) {
  EXPECT_THROW(throw UsageError("--streams -1: give 1 or more"), Error);
  try {
    throw Error("clip.mp4: no such file");
  } catch (const UsageError&) {
    FAIL() << "a failure of the world is not one of the caller";
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(), "clip.mp4: no such file");
  }
}

}  // namespace
}  // namespace inflight
