// Numbers on the command line.
#pragma once

#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace inflight::cli {

/// CLI::Range, which lets "nan" through: that is neither too small nor too large.
inline CLI::Validator numbers_between(double least, double most) {
  const auto refuse_nan = [](const std::string& text) {
    return std::isnan(std::strtod(text.c_str(), nullptr)) ? text + " is no number" : std::string();
  };
  return CLI::Validator(refuse_nan, "") & CLI::Range(least, most);
}

/// Makes seconds of "500ms", "8s", "2min" or "8".
inline CLI::Validator times_up_to(double most_seconds) {
  const auto in_seconds = [most_seconds](std::string& text) -> std::string {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const std::string_view unit(end);
    const double of_unit = unit == "ms" ? 1e-3 : unit.empty() || unit == "s" ? 1 : unit == "min" ? 60 : NAN;
    const double seconds = number * of_unit;
    if (end == text.c_str() || !(seconds >= 0 && seconds <= most_seconds))
      return fmt::format("{} is no time from 0 to {:g} s; give a number and ms, s or min, as in 500ms", text,
                         most_seconds);
    text = fmt::format("{}", seconds);
    return {};
  };
  return CLI::Validator(in_seconds, "");
}

}  // namespace inflight::cli
