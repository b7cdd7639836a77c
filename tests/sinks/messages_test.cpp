// The messages between the program and its page.
#include "sinks/web/messages.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "example_figures.hpp"

namespace inflight::web {
namespace {

using nlohmann::json;

TEST(FiguresMessage, HasEveryFigureUnderItsName) {
  LiveFigures figures = test::example_figures();
  figures.failed = 7;
  figures.paused = true;
  figures.message = "a word";
  EXPECT_EQ(json::parse(figures_message(figures)), json::parse(R"({
    "ways": [{"name": "sync", "fps": 212.0, "ratio_to_sync": 1.0},
             {"name": "two-requests", "fps": 386.0, "ratio_to_sync": 1.82},
             {"name": "queue", "fps": 1018.0, "ratio_to_sync": 4.8}],
    "running": 2, "fps": 1018.0, "cores_used": 7.9, "cores": 8, "in_flight": 6, "requests": 8,
    "latency_p50": 2.1, "latency_p99": 4.0, "frames": 18250, "dropped": 12, "failed": 7, "age": 34.0, "seconds": 42.0,
    "live": true, "source_fps": 29.97, "paused": true, "ended": false, "source": "street.mp4",
    "model": "face-detection-0200", "device": "CPU", "hint": "throughput", "message": "a word"})"));
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
