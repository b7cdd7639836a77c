// Numbers on the command line.
#pragma once

#include <cmath>
#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>

namespace inflight::cli {

/// CLI::Range, which lets "nan" through: that is neither too small nor too large.
inline CLI::Validator numbers_between(double least, double most) {
  const auto refuse_nan = [](const std::string& text) {
    return std::isnan(std::strtod(text.c_str(), nullptr)) ? text + " is no number" : std::string();
  };
  return CLI::Validator(refuse_nan, "") & CLI::Range(least, most);
}

}  // namespace inflight::cli
