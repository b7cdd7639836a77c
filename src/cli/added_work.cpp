#include "added_work.hpp"

#include <charconv>

#include <fmt/format.h>

#include "inflight/base/error.hpp"

namespace inflight::cli {

AddedWork parse_added_work(const std::string& text) {
  constexpr const char* wait = ":wait";
  constexpr double most = 10'000;
  AddedWork work;
  std::string rest = text;
  if (rest.ends_with(wait)) {
    work.busy = false;
    rest.resize(rest.size() - std::char_traits<char>::length(wait));
  }
  const auto equals = rest.find('=');
  const std::string name = rest.substr(0, equals);
  bool known = false;
  for (const Stage stage : {Stage::decode, Stage::fill, Stage::callback, Stage::sink, Stage::draw}) {
    if (name != name_of(stage)) continue;
    work.stage = stage;
    known = true;
  }
  double milliseconds = 0;
  const char* const end = rest.data() + rest.size();
  const char* const begin = equals == std::string::npos ? end : rest.data() + equals + 1;
  const auto [stopped, error] = std::from_chars(begin, end, milliseconds);
  if (!known || error != std::errc{} || stopped != end || !(milliseconds > 0) || milliseconds > most) {
    throw UsageError(fmt::format(
        "--add {}: give decode, fill, callback, sink or draw and milliseconds, for example decode=2 or sink=60:wait",
        text));
  }
  work.time = Milliseconds(milliseconds);
  return work;
}

}  // namespace inflight::cli
