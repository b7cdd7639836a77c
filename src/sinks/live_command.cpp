#include <array>

#include "inflight/sinks/live_view.hpp"

namespace inflight {
namespace {

struct Entry {
  LiveCommand command;
  char key;
  std::string_view name;
};

constexpr std::array<Entry, 9> entries{{
    {LiveCommand::sync, 's', "sync"},
    {LiveCommand::two_requests, 't', "two-requests"},
    {LiveCommand::queue, 'a', "queue"},
    {LiveCommand::more_requests, '+', "more"},
    {LiveCommand::fewer_requests, '-', "fewer"},
    {LiveCommand::hint, 'l', "hint"},
    {LiveCommand::pause, 'p', "pause"},
    {LiveCommand::restart, 'r', "restart"},
    {LiveCommand::quit, 'q', "quit"},
}};

constexpr char escape = 27;

}  // namespace

std::optional<LiveCommand> command_of_key(char key) noexcept {
  if (key == ' ') return LiveCommand::pause;
  if (key == escape) return LiveCommand::quit;
  for (const Entry& entry : entries) {
    if (entry.key == key) return entry.command;
  }
  return std::nullopt;
}

std::optional<LiveCommand> command_of_name(std::string_view name) noexcept {
  for (const Entry& entry : entries) {
    if (entry.name == name) return entry.command;
  }
  return std::nullopt;
}

}  // namespace inflight
