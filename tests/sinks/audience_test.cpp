// The viewers of a page, without a network.
#include "sinks/web/audience.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inflight::web {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Picture picture(std::uint8_t byte) { return std::make_shared<const std::vector<std::uint8_t>>(1, byte); }
Text text(const char* content) { return std::make_shared<const std::string>(content); }

struct Recorder : Listener {
  void show(const Picture& picture) override { heard.push_back("picture " + std::to_string(picture->front())); }
  void tell(const Text& figures) override { heard.push_back(*figures); }
  void end(const Text& last) override { heard.push_back("end: " + *last); }

  std::vector<std::string> heard;
};

TEST(Audience, HandsOnToAllWhoAreThere) {
  Audience audience;
  Recorder one;
  Recorder two;
  audience.join(one);
  audience.join(two);
  EXPECT_EQ(audience.size(), 2U);
  audience.show(picture(1));
  audience.leave(one);
  audience.tell(text("figures"));
  EXPECT_THAT(one.heard, ElementsAre("picture 1"));
  EXPECT_THAT(two.heard, ElementsAre("picture 1", "figures"));
  EXPECT_EQ(audience.size(), 1U);
}

TEST(Audience, GivesTheNewestToThoseWhoComeLater) {
  Audience audience;
  audience.show(picture(1));
  audience.tell(text("old"));
  audience.show(picture(2));
  audience.tell(text("new"));
  Recorder late;
  audience.join(late);
  EXPECT_THAT(late.heard, ElementsAre("new", "picture 2"));
}

TEST(Audience, ShowsEveryoneTheSameBytes) {
  Audience audience;
  const Picture shown = picture(1);
  struct Keeper : Recorder {
    void show(const Picture& picture) override { kept = picture; }
    Picture kept;
  };
  Keeper one;
  Keeper two;
  audience.join(one);
  audience.join(two);
  audience.show(shown);
  EXPECT_EQ(one.kept, shown);
  EXPECT_EQ(two.kept, shown);
}

TEST(Audience, SaysWhenTheLastHasLeftAfterTheEnd) {
  Audience audience;
  Recorder one;
  Recorder two;
  audience.join(one);
  audience.join(two);
  int empty = 0;
  audience.end(text("bye"), [&] { ++empty; });
  EXPECT_THAT(one.heard, ElementsAre("end: bye"));
  audience.leave(one);
  audience.leave(one);
  EXPECT_EQ(empty, 0);
  audience.leave(two);
  audience.leave(two);
  EXPECT_EQ(empty, 1);
}

TEST(Audience, IsEmptyAtOnceWhenNobodyIsThereAtTheEnd) {
  Audience audience;
  int empty = 0;
  audience.end(text("bye"), [&] { ++empty; });
  EXPECT_EQ(empty, 1);
}

TEST(Audience, TellsThoseWhoComeAfterTheEndOnlyThat) {
  Audience audience;
  audience.show(picture(1));
  audience.end(text("bye"), [] {});
  Recorder late;
  audience.join(late);
  EXPECT_THAT(late.heard, ElementsAre("end: bye"));
}

TEST(Audience, OneWhoLeftHearsNothingMore) {
  Audience audience;
  Recorder one;
  audience.join(one);
  audience.leave(one);
  audience.show(picture(1));
  audience.end(text("bye"), [] {});
  EXPECT_THAT(one.heard, IsEmpty());
}

}  // namespace
}  // namespace inflight::web
