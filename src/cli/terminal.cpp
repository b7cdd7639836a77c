#include "terminal.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

#include "inflight/base/error.hpp"

namespace inflight::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = environment(name);
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return value.find("UTF-8") != std::string::npos || value.find("UTF8") != std::string::npos;
  }
  return false;
}

}  // namespace

TerminalStyle stdout_style() {
  constexpr int widest = 120;  // longer lines are hard to follow
  TerminalStyle style;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  winsize window{};
  if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
    style.width = std::min<int>(window.ws_col, widest);
  }
  style.color = terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  style.unicode = locale_is_utf8();
  return style;
}

void print_now(const std::string& text) {
  errno = 0;
  const bool printed = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (printed && std::fflush(stdout) == 0) return;
  const std::error_code reason(errno, std::generic_category());
  throw Error("standard output cannot be written: " + reason.message() + "; check where it leads");
}

}  // namespace inflight::cli
