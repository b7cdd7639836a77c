// Options as a command adds them, one group of its help at a time.
#pragma once

#include <string>
#include <utility>

#include <CLI/CLI.hpp>

namespace inflight::cli {

class OptionGroup {
 public:
  OptionGroup(CLI::App& command, std::string name) : command_(command), name_(std::move(name)) {}

  /// An option whose value the help calls `type`. An empty one, as of a variable that is not set, is refused.
  template <class Value>
  CLI::Option* add(const char* flags, Value& value, const std::string& type, const char* help) {
    const auto refuse_empty = [](const std::string& text) {
      return std::string(text.empty() ? "the value is empty" : "");
    };
    return command_.add_option(flags, value, help)
        ->group(name_)
        ->type_name(type)
        ->check(CLI::Validator(refuse_empty, ""));
  }
  CLI::Option* add_flag(const char* flags, bool& value, const char* help) {
    return command_.add_flag(flags, value, help)->group(name_);
  }

 private:
  CLI::App& command_;
  std::string name_;
};

}  // namespace inflight::cli
