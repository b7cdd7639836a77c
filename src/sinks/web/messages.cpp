#include "messages.hpp"

#include <nlohmann/json.hpp>

namespace inflight::web {
namespace {

using Json = nlohmann::ordered_json;

/// Names of files may be bytes of any kind: what is no UTF-8 becomes U+FFFD.
std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string figures_message(const LiveFigures& figures) {
  Json ways = Json::array();
  for (const LiveWay& way : figures.ways) {
    ways.push_back({{"name", way.name}, {"fps", way.fps}, {"ratio_to_sync", way.ratio_to_sync}});
  }
  return text_of({
      {"ways", ways},
      {"running", figures.running},
      {"fps", figures.fps},
      {"cores_used", figures.cores_used},
      {"cores", figures.cores},
      {"in_flight", figures.in_flight},
      {"requests", figures.requests},
      {"latency_p50", figures.latency_p50},
      {"latency_p99", figures.latency_p99},
      {"frames", figures.frames},
      {"dropped", figures.dropped},
      {"failed", figures.failed},
      {"age", figures.age},
      {"seconds", figures.seconds},
      {"live", figures.live},
      {"source_fps", figures.source_fps},
      {"paused", figures.paused},
      {"ended", figures.ended},
      {"source", figures.source},
      {"model", figures.model},
      {"device", figures.device},
      {"hint", figures.hint},
      {"message", figures.message},
  });
}

std::string ended_message(std::string_view reason) { return text_of({{"ended", true}, {"message", reason}}); }

std::optional<LiveCommand> command_of_message(std::string_view message) {
  const Json json = Json::parse(message, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto command = json.find("command");
  if (command == json.end() || !command->is_string()) return std::nullopt;
  return command_of_name(command->get_ref<const std::string&>());
}

}  // namespace inflight::web
