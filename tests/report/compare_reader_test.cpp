#include "inflight/report/compare_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "example_record.hpp"
#include "inflight/base/error.hpp"
#include "inflight/report/compare_report.hpp"

namespace inflight {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

std::string reason(const std::string& text) {
  try {
    read_compare_json(text, "old.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string reason_when(const std::function<void(ordered_json&)>& edit) {
  auto json = ordered_json::parse(render_json(example_record()));
  edit(json);
  return reason(json.dump());
}

TEST(CompareReader, ReadsWhatTheWriterWrote) {
  CompareRecord empty;
  empty.reasons = {"interrupted"};
  auto simulated = example_record();
  simulated.simulated = "SIMULATED accelerator, 6 ms each inference";
  for (const auto& record : {example_record(), simulated, empty}) {
    const auto text = render_json(record);
    EXPECT_EQ(render_json(read_compare_json(text, "record")), text);
  }
  auto few = example_record();
  for (auto* table : {&few.ways, &few.like_for_like}) {
    for (auto& way : *table) {
      way.round_fps.resize(1);
      way.ceiling = {};
      way.fps = median_interval(way.round_fps);
      way.ratio_to_sync = bootstrap_ratio_interval(way.round_fps, std::span(table->front().round_fps).first(1), 42);
    }
  }
  few.ceiling = {};
  few.rounds.done = 1;
  few.valid = false;
  few.reasons = {"too few rounds: 1 of at least 7"};
  EXPECT_EQ(render_json(read_compare_json(render_json(few), "record")), render_json(few));
}

TEST(CompareReader, RefusesARecordThatIsCutAtAnyPlace) {
  const auto text = render_json(example_record());
  for (std::size_t length = 0; length < text.size() - 2; length += 7) {
    ASSERT_THAT(reason(text.substr(0, length)), HasSubstr("old.json: no JSON, or only a part of it was written"));
  }
}

TEST(CompareReader, RefusesAnotherVersionAndOtherThings) {
  EXPECT_THAT(reason_when([](auto& json) { json["schema"] = 1; }),
              HasSubstr("old.json: written by another version of inflight (schema 1, this one reads 2)"));
  EXPECT_THAT(reason_when([](auto& json) { json["schema"] = "two"; }), HasSubstr("another version"));
  EXPECT_THAT(reason_when([](auto& json) { json.erase("schema"); }), HasSubstr("another version"));
  EXPECT_THAT(reason_when([](auto& json) { json["command"] = "explain"; }),
              HasSubstr("not a record of 'inflight compare'"));
  for (const auto* text : {"[]", "1", "null", "{}", "\"compare\""}) {
    EXPECT_THAT(reason(text), HasSubstr("not a record of 'inflight compare'")) << text;
  }
}

TEST(CompareReader, RefusesFiguresThatDoNotFollowFromTheRounds) {
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][2]["fps"]["median"] = 800; }),
              testing::AllOf(HasSubstr("old.json: ways, queue: fps.median is 800, and 733 follows from round_fps"),
                             HasSubstr("edited")));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][2]["round_fps"][0] = 800; }), HasSubstr("ways, queue"));
  EXPECT_THAT(reason_when([](auto& json) { json["like_for_like"][1]["ratio_to_sync"]["low"] = 1.5; }),
              HasSubstr("like_for_like, two-requests: ratio_to_sync"));
  EXPECT_THAT(reason_when([](auto& json) { json["ceiling"]["fps"]["median"] = 900; }),
              HasSubstr("ceiling: fps.median"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][0]["ceiling"]["fps"]["median"] = 900; }),
              HasSubstr("ways, sync, ceiling: fps.median"));
  EXPECT_THAT(reason_when([](auto& json) { json["ceiling"]["round_fps"].erase(0); }),
              HasSubstr("6 rounds in round_fps"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][0]["round_fps"][0] = -1; }), HasSubstr("what no round gives"));
  EXPECT_THAT(reason_when([](auto& json) { json["rounds"]["done"] = 9; }), HasSubstr("and 9 done"));
  EXPECT_THAT(reason_when([](auto& json) { json["valid"] = false; }), HasSubstr("valid does not follow from reasons"));
}

TEST(CompareReader, RefusesFieldsThatAreMissingOrOfAnotherKind) {
  EXPECT_THAT(reason_when([](auto& json) { json.erase("rounds"); }), HasSubstr("'rounds' not found"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][0].erase("round_fps"); }), HasSubstr("'round_fps' not found"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"] = 3; }), HasSubstr("edited or is damaged"));
  EXPECT_THAT(reason_when([](auto& json) { json["machine"]["cpu"] = 7; }), HasSubstr("must be string"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][1]["round_fps"][2] = nullptr; }), HasSubstr("must be number"));
}

TEST(CompareReader, RefusesNumbersThatCannotBe) {
  EXPECT_EQ(reason_when([](auto& json) { json["machine"]["cores"] = -1e300; }),
            "old.json: -1e+300 is no whole number from -2147483648 to 2147483647: the file was edited or is damaged; "
            "measure again");
  EXPECT_THAT(reason_when([](auto& json) { json["machine"]["cores"] = 1L << 40; }), HasSubstr("1099511627776 is no"));
  EXPECT_THAT(reason_when([](auto& json) { json["rounds"]["done"] = 6.5; }), HasSubstr("6.5 is no whole number"));
  EXPECT_THAT(reason_when([](auto& json) { json["rounds"]["seed"] = -1; }), HasSubstr("-1 is no whole number from 0"));
  EXPECT_THAT(reason_when([](auto& json) { json["ways"][0]["frames"] = ~0ULL; }), HasSubstr("is no whole number"));
}

// Whatever one field becomes, the reader reads it or refuses it with one line, and nothing else.
TEST(CompareReader, SurvivesEveryFieldBeingSomethingElse) {
  const auto whole = ordered_json::parse(render_json(example_record()));
  const auto flat = whole.flatten();
  for (const auto& [path, value] : flat.items()) {
    for (const ordered_json& other : {ordered_json(nullptr), ordered_json("x"), ordered_json(-1e300),
                                      ordered_json::array(), ordered_json::object()}) {
      auto changed = whole;
      changed[ordered_json::json_pointer(path)] = other;
      ASSERT_NO_THROW(reason(changed.dump())) << path;
    }
  }
}

}  // namespace
}  // namespace inflight
