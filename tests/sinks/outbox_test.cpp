// What waits for one viewer.
#include "sinks/web/outbox.hpp"

#include <gtest/gtest.h>

namespace inflight::web {
namespace {

Picture picture(std::uint8_t byte) { return std::make_shared<const std::vector<std::uint8_t>>(1, byte); }
Text text(const char* content) { return std::make_shared<const std::string>(content); }

std::string word_of(const Message& message) {
  if (const auto* words = std::get_if<Text>(&message)) return **words;
  if (const auto* file = std::get_if<Picture>(&message)) return "picture " + std::to_string((*file)->front());
  return std::holds_alternative<Goodbye>(message) ? "goodbye" : "nothing";
}

TEST(Outbox, HasNothingAtFirst) {
  Outbox outbox;
  EXPECT_EQ(word_of(outbox.take()), "nothing");
}

TEST(Outbox, KeepsTheNewestPictureAndSaysThatOneIsLost) {
  Outbox outbox;
  EXPECT_FALSE(outbox.put(picture(1)));
  EXPECT_TRUE(outbox.put(picture(2)));
  EXPECT_EQ(word_of(outbox.take()), "picture 2");
  EXPECT_FALSE(outbox.put(picture(3)));
  EXPECT_EQ(word_of(outbox.take()), "picture 3");
  EXPECT_EQ(word_of(outbox.take()), "nothing");
}

TEST(Outbox, KeepsTheNewestFiguresAndSendsThemFirst) {
  Outbox outbox;
  outbox.put(picture(1));
  outbox.put(text("old"));
  outbox.put(text("new"));
  EXPECT_EQ(word_of(outbox.take()), "new");
  EXPECT_EQ(word_of(outbox.take()), "picture 1");
}

TEST(Outbox, HoldsNoPictureLongerThanItWaits) {
  Outbox outbox;
  const Picture held = picture(1);
  outbox.put(held);
  EXPECT_EQ(held.use_count(), 2);
  outbox.put(picture(2));
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Outbox, SendsTheLastMessageInPlaceOfAllThatWaitsThenGoodbye) {
  Outbox outbox;
  outbox.put(picture(1));
  outbox.put(text("figures"));
  outbox.end(text("last"));
  EXPECT_FALSE(outbox.put(picture(2)));
  outbox.put(text("later"));
  EXPECT_EQ(word_of(outbox.take()), "last");
  EXPECT_EQ(word_of(outbox.take()), "goodbye");
}

}  // namespace
}  // namespace inflight::web
