#include "text_bar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace inflight::report {

std::string bar(double columns, bool unicode) {
  static constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  columns = std::max(0.0, columns);
  if (!unicode) return std::string(static_cast<std::size_t>(std::lround(columns)), '#');
  const auto count = static_cast<std::size_t>(std::lround(columns * 8));
  std::string text;
  for (std::size_t i = 0; i < count / 8; ++i) text += "█";
  return text.append(eighths[count % 8]);
}

}  // namespace inflight::report
