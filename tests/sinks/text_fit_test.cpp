// Text that is shortened and broken to the room there is.
#include "sinks/text_fit.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

const TextStyle style{.size = 20};

TEST(Shortened, LeavesTextThatFits) {
  const Canvas canvas(10, 10);
  const double width = canvas.text_width("street.mp4", style);
  EXPECT_EQ(shortened(canvas, "street.mp4", style, width), "street.mp4");
  EXPECT_EQ(shortened(canvas, "", style, 0), "");
}

TEST(Shortened, CutsAtTheLastCharacterThatFits) {
  const Canvas canvas(10, 10);
  const std::string text = "stra\u00DFe-\u4E2D\u6587-\u00E9t\u00E9.mp4";
  for (double width = 0; width < canvas.text_width(text, style); width += 3) {
    const std::string cut = shortened(canvas, text, style, width);
    EXPECT_LE(canvas.text_width(cut, style), width);
    if (cut.empty()) continue;
    ASSERT_TRUE(cut.ends_with("\u2026")) << cut;
    const std::string kept = cut.substr(0, cut.size() - 3);
    EXPECT_TRUE(text.starts_with(kept));
    EXPECT_NE(static_cast<unsigned char>(text[kept.size()]) & 0xC0U, 0x80U) << "cut in the middle of a character";
  }
  const double width = canvas.text_width("stra\u2026", style);
  EXPECT_EQ(shortened(canvas, text, style, width), "stra\u2026");
}

TEST(Wrapped, BreaksBetweenWords) {
  const Canvas canvas(10, 10);
  const double width = canvas.text_width("the quick brown", style);
  EXPECT_EQ(wrapped(canvas, "the quick brown fox jumps over", style, width, 3),
            (std::vector<std::string>{"the quick brown", "fox jumps over"}));
  EXPECT_EQ(wrapped(canvas, "the quick", style, width, 3), (std::vector<std::string>{"the quick"}));
}

TEST(Wrapped, ShortensWhatIsLeftAndWordsThatAreTooLong) {
  const Canvas canvas(10, 10);
  const double width = canvas.text_width("the quick brown", style);
  const auto lines = wrapped(canvas, "the quick brown fox jumps over the lazy dog again and again", style, width, 2);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[1].starts_with("fox jumps") && lines[1].ends_with("\u2026")) << lines[1];

  const auto word = wrapped(canvas, "averyveryverylongnameofafile.mp4", style, width, 3);
  ASSERT_EQ(word.size(), 1U);
  EXPECT_TRUE(word[0].ends_with("\u2026")) << word[0];

  const auto words = wrapped(canvas, "averyveryverylongnameofafile.mp4 is not there", style, width, 3);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_TRUE(words[0].ends_with("\u2026")) << words[0];
  EXPECT_EQ(words[1], "is not there");
  for (const std::string& line : words) EXPECT_LE(canvas.text_width(line, style), width);
}

}  // namespace
}  // namespace inflight
