// The messages between the program and its page.
#include "sinks/web/messages.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace inflight::web {
namespace {

using nlohmann::json;

TEST(FiguresMessage, HasEveryFigureUnderItsName) {
  LiveFigures figures;
  figures.ways = {{"sync", 200, 1}, {"queue", 400.5, 2}};
  figures.running = 1;
  figures.fps = 399;
  figures.cores_used = 1.5;
  figures.cores = 2;
  figures.in_flight = 3;
  figures.requests = 4;
  figures.latency_p50 = 10.5;
  figures.latency_p99 = 14;
  figures.frames = 12'345;
  figures.dropped = 6;
  figures.failed = 7;
  figures.age = 45;
  figures.seconds = 61.5;
  figures.live = true;
  figures.source_fps = 30;
  figures.paused = true;
  figures.source = "street.mp4";
  figures.model = "face";
  figures.device = "CPU";
  figures.hint = "latency";
  figures.message = "a word";
  EXPECT_EQ(json::parse(figures_message(figures)), json::parse(R"({
    "ways": [{"name": "sync", "fps": 200.0, "ratio_to_sync": 1.0}, {"name": "queue", "fps": 400.5, "ratio_to_sync": 2.0}],
    "running": 1, "fps": 399.0, "cores_used": 1.5, "cores": 2, "in_flight": 3, "requests": 4,
    "latency_p50": 10.5, "latency_p99": 14.0, "frames": 12345, "dropped": 6, "failed": 7, "age": 45.0, "seconds": 61.5,
    "live": true, "source_fps": 30.0, "paused": true, "ended": false,
    "source": "street.mp4", "model": "face", "device": "CPU", "hint": "latency", "message": "a word"})"));
}

TEST(FiguresMessage, IsJsonWhateverTheNamesAndNumbers) {
  LiveFigures figures;
  figures.source = "\xff\xfe</script>\"\n.mp4";
  figures.fps = std::numeric_limits<double>::quiet_NaN();
  figures.age = std::numeric_limits<double>::infinity();
  const json message = json::parse(figures_message(figures));
  EXPECT_EQ(message["source"], "\xef\xbf\xbd\xef\xbf\xbd</script>\"\n.mp4");
  EXPECT_TRUE(message["fps"].is_null());
  EXPECT_TRUE(message["age"].is_null());
}

TEST(EndedMessage, SaysWhy) {
  EXPECT_EQ(json::parse(ended_message("the clip is over")),
            json::parse(R"({"ended": true, "message": "the clip is over"})"));
}

TEST(CommandOfMessage, KnowsEveryCommand) {
  const std::pair<const char*, LiveCommand> all[] = {
      {"sync", LiveCommand::sync},          {"two-requests", LiveCommand::two_requests}, {"queue", LiveCommand::queue},
      {"more", LiveCommand::more_requests}, {"fewer", LiveCommand::fewer_requests},      {"hint", LiveCommand::hint},
      {"pause", LiveCommand::pause},        {"restart", LiveCommand::restart},           {"quit", LiveCommand::quit},
  };
  for (const auto& [name, command] : all) {
    EXPECT_EQ(command_of_message(std::string(R"({"command":")") + name + R"("})"), command) << name;
  }
}

TEST(CommandOfMessage, IgnoresEverythingElse) {
  for (const char* message :
       {"", "queue", "\"queue\"", "[]", "{}", "null", R"({"command":"Queue"})", R"({"command":"a"})",
        R"({"command":["queue"]})", R"({"command":{"command":"queue"}})", R"({"command":1})",
        R"([{"command":"queue"}])", R"({"command":"queue")", "\xff\xfe", "{\"command\":\"\xff\"}"}) {
    EXPECT_EQ(command_of_message(message), std::nullopt) << message;
  }
  EXPECT_EQ(command_of_message(std::string(4096, '[')), std::nullopt);
}

}  // namespace
}  // namespace inflight::web
