#include "inflight/report/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include "example_run.hpp"
#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::IsSupersetOf;
using Thread = std::pair<int, int>;  // process and thread

class Trace : public testing::Test {
 protected:
  ~Trace() override { std::filesystem::remove(path_); }

  Json events_of(std::span<const TimelineWay> ways) {
    write_trace(path_, ways);
    std::ifstream file(path_);
    return Json::parse(file).at("traceEvents");
  }

  static Thread thread_of(const Json& event) { return {event.at("pid"), event.at("tid")}; }

  /// Of "process_name" or "thread_name".
  static std::map<Thread, std::string> names(const Json& events, const std::string& kind) {
    std::map<Thread, std::string> result;
    for (const Json& event : events) {
      if (event.at("name") == kind) result[thread_of(event)] = event.at("args").at("name");
    }
    return result;
  }

  std::string path_ = testing::TempDir() + "inflight-trace-" + std::to_string(::getpid()) + ".json";
};

TEST_F(Trace, HasAProcessPerWayAndAThreadPerLane) {
  const Json events = events_of(ExampleRuns().ways);
  const auto processes = names(events, "process_name");
  std::vector<std::string> ways;
  for (const auto& [thread, name] : processes) ways.push_back(name);
  EXPECT_THAT(ways, ElementsAre("sync", "two-requests", "queue (SIMULATED accelerator)"));
  std::set<std::string> lanes;
  for (const auto& [thread, name] : names(events, "thread_name")) {
    if (thread.first == 3) lanes.insert(name);
  }
  EXPECT_EQ(lanes, (std::set<std::string>{"reading thread", "callback thread", "request 1", "request 2", "request 3",
                                          "request 4", "stream 1 (est.)", "stream 2 (est.)"}));
}

TEST_F(Trace, SlicesOfAThreadFollowOneAnotherFromZero) {
  const Json events = events_of(ExampleRuns().ways);
  std::map<Thread, std::vector<std::pair<double, double>>> slices;
  std::map<int, double> first;
  for (const Json& event : events) {
    if (event.at("ph") != "X") continue;
    const double begin = event.at("ts"), end = begin + event.at("dur").get<double>();
    slices[thread_of(event)].emplace_back(begin, end);
    const auto known = first.try_emplace(event.at("pid"), begin).first;
    known->second = std::min(known->second, begin);
  }
  EXPECT_EQ(slices.size(), 3U + 4U + 8U);
  for (auto& [thread, of_thread] : slices) {
    std::ranges::sort(of_thread);
    for (std::size_t i = 1; i < of_thread.size(); ++i) EXPECT_LE(of_thread[i - 1].second, of_thread[i].first + 0.002);
  }
  EXPECT_THAT(first, ElementsAre(std::pair(1, 0.0), std::pair(2, 0.0), std::pair(3, 0.0)));
}

TEST_F(Trace, AFlowPerFrameGoesFromItsDecodingToItsDelivery) {
  const Json events = events_of(ExampleRuns().ways);
  std::map<std::pair<Thread, double>, std::string> slices;  // by where they begin
  for (const Json& event : events) {
    if (event.at("ph") == "X") slices[{thread_of(event), event.at("ts")}] = event.at("name");
  }
  std::map<int, std::vector<std::string>> flows;
  std::map<int, std::string> phases;
  for (const Json& event : events) {
    const std::string phase = event.at("ph");
    if (phase != "s" && phase != "t" && phase != "f") continue;
    flows[event.at("id")].push_back(slices[{thread_of(event), event.at("ts")}]);
    phases[event.at("id")] += phase;
  }
  EXPECT_EQ(flows.size(), 300U);
  EXPECT_THAT(flows[8], ElementsAre("decodes", "preprocesses", "executes", "executes", "postprocesses", "sink"));
  EXPECT_THAT(flows[108], ElementsAre("decodes", "preprocesses", "waits for a stream", "executes", "executes",
                                      "postprocesses", "sink"));
  for (const auto& [id, phase] : phases) {
    EXPECT_EQ(phase.front(), 's') << id;
    EXPECT_EQ(phase.find_first_not_of('t', 1), phase.size() - 1) << id << " " << phase;
    EXPECT_EQ(phase.back(), 'f') << id;
  }
}

TEST_F(Trace, SaysWhichFramesFailed) {
  ExampleRuns runs;
  runs.sync[3].failed = true;
  runs.sync[3].submitted = runs.sync[3].completed = runs.sync[3].taken = {};
  std::set<int> failed;
  for (const Json& event : events_of(runs.ways)) {
    if (event.contains("args") && event.at("args").value("failed", false))
      failed.insert(event["args"]["frame"].get<int>());
  }
  EXPECT_THAT(failed, ElementsAre(3));
}

TEST_F(Trace, OfALongRunIsWhole) {
  const auto frames = example_frames(20'000, 1.25, 4, 4);
  const std::vector<TimelineWay> ways{{"queue\xff\"", "", frames, {.callback_thread = true, .streams = 2}}};
  const Json events = events_of(ways);
  EXPECT_GT(events.size(), 20'000U * 10);
  EXPECT_EQ(names(events, "process_name").begin()->second, "queue\xEF\xBF\xBD\"");
}

TEST_F(Trace, OfNothingIsATrace) {
  EXPECT_TRUE(events_of({}).empty());
  const std::vector<TimelineWay> empty{{"sync", "", {}, {}}};
  EXPECT_EQ(names(events_of(empty), "process_name").size(), 1U);
}

TEST_F(Trace, ThatCannotBeWrittenIsAnError) {
  EXPECT_THROW(write_trace("/dev/full", ExampleRuns().ways), Error);
  EXPECT_THROW(write_trace(testing::TempDir(), ExampleRuns().ways), Error);
}

}  // namespace
}  // namespace inflight
