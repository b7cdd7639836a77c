// Text for a terminal: no line wider than it, in colour or not, in Unicode or not.
#pragma once

#include <string>
#include <string_view>

#include "inflight/report/compare_report.hpp"

namespace inflight::report {

enum class Tone { plain, strong, faint, good, bad };

/// Collects lines. Whatever it is given is cleaned first, so that no file name can steer the terminal.
class TextPage {
 public:
  explicit TextPage(const TerminalStyle& style);

  int width() const { return width_; }
  bool unicode() const { return unicode_; }

  /// One line, cut off with an ellipsis where it is too long.
  void line(std::string_view text, Tone tone = Tone::plain);
  /// Text that is broken at blanks; `label` stands before its first line, and the others are indented as far.
  void paragraph(std::string_view text, Tone tone = Tone::plain, std::string_view label = {});
  void blank() { text_ += '\n'; }

  std::string text() && { return std::move(text_); }

 private:
  std::u32string fit_for_terminal(std::string_view text) const;
  void write(std::u32string_view label, std::u32string_view text, Tone tone);

  int width_;
  bool color_, unicode_;
  std::string text_;
};

}  // namespace inflight::report
