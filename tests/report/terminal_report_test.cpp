#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "example_record.hpp"
#include "inflight/report/compare_report.hpp"

namespace inflight {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr TerminalStyle plain{80, false, false};

std::string without_color(std::string text) {
  for (auto at = text.find('\x1b'); at != text.npos; at = text.find('\x1b'))
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Of the records here: a character is wide if it has three bytes and begins with E4 to E9, the CJK ideographs.
int columns_of(const std::string& line) {
  int columns = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >> 6 != 2) columns += byte >= 0xE4 && byte <= 0xE9 ? 2 : 1;
  }
  return columns;
}

TEST(TerminalReport, IsThisTextAtEightyColumns) {
  EXPECT_EQ(render_terminal(example_record(), plain), R"text(queue: 733 frames/s, 2.09 times sync (2.02 to 2.11)
VALID

model     centerface, assets/centerface.onnx, input 320x192, fast, stretch, bgr,
          threshold 0.6
clip      assets/bikes.mp4, 640x272, h264, yuv420p, 25 frames/s
machine   AMD EPYC 9V74, 2 cores, quota 1.5 cores, 25.3 GB, Linux 6.1.0
software  inflight 0.1.0, OpenVINO 2026.4.1 (CPU 2026.4.1-22982), FFmpeg 5.1.6
measured  7 rounds of every way, 250 frames each, 2026-11-22T21:30:00Z
load      0.03 cores by other processes, 0.01 stolen by the hypervisor, 1.52 by
          inflight
startup   read 12.5 ms, compile for sync, two-requests 151 ms, compile for
          queue, like for like 160 ms from the cache, compile again 155 ms, from
          a cache 31.0 ms, first inference of sync 3.50 ms, first inference of
          two-requests 3.50 3.25 ms
SHA-256   model aaaaaaaaaaaa, clip bbbbbbbbbbbb
command   inflight compare -i assets/bikes.mp4 -m assets/centerface.onnx

Each at its best:
way           frames/s       times sync         p50   p90   p99  cores  peak
                                                 ms    ms    ms   of 2    MB
sync          352 (341-357)  1.00              2.81  3.02  4.11   1.31   120
two-requests  598 (577-610)  1.70 (1.69-1.71)  3.31  3.62  5.20   1.80   133
queue         733 (690-752)  2.09 (2.02-2.11)  10.9  12.4  16.0   1.97   181

sync          ######################### 352 (341-357)
two-requests  ########################################## 598 (577-610)
queue         #################################################### 733 (690-752)

asked -> given  device  hint        streams  threads  requests  precision
sync            CPU     LATENCY     - -> 1   - -> 2   1         - -> f32
two-requests    CPU     LATENCY     - -> 1   - -> 2   2         - -> f32
queue           CPU     THROUGHPUT  8 -> 2   - -> 2   32        - -> f32

Like for like: all compiled as the queue is (hint THROUGHPUT, streams 2):
way           frames/s       times sync         p50   p90   p99  cores  peak
                                                 ms    ms    ms   of 2    MB
sync          210 (205-214)  1.00              4.70  5.10  6.20   0.99     -
two-requests  420 (409-428)  2.00 (2.00-2.00)  4.70  5.20  6.10   1.70     -
queue         733 (690-752)  3.49 (3.37-3.53)  10.9  12.4  16.0   1.97   181

Ceiling of the device: 889 (868 to 900) inferences/s, with prepared inputs and
32 requests always busy.
Outputs: detections of 250 frames are equal bit for bit in all 3 ways.
Note: 3 damaged packets were skipped in every round.
In brackets: the range that holds the true median with 98.44% probability, from
7 rounds. Of times sync: the bootstrap interval of 95%.
Latency (p50, p90, p99): from a frame decoded to its result delivered, over all
measured frames. More requests in flight raise it: each waits for those before
it.
)text");
}

TEST(TerminalReport, NoLineIsWiderThanTheTerminal) {
  for (const auto& record : {example_record(), hostile_record(), unmeasured_record(), CompareRecord{}}) {
    for (int width = 60; width <= 160; ++width) {
      for (const bool color : {false, true}) {
        for (const bool unicode : {false, true}) {
          for (const auto& line : lines_of(without_color(render_terminal(record, {width, color, unicode})))) {
            ASSERT_LE(columns_of(line), width) << line;
          }
        }
      }
    }
  }
}

TEST(TerminalReport, CutsOffWhatNoBreakCanMakeFit) {
  auto record = example_record();
  for (std::size_t length = 1; length < 100; ++length) {
    record.ways[0].given.streams.assign(length, '8');
    const auto lines = lines_of(render_terminal(record, plain));
    for (const auto& line : lines) ASSERT_LE(columns_of(line), 80) << line;
  }
  EXPECT_THAT(render_terminal(record, plain), HasSubstr("8...\n"));
}

TEST(TerminalReport, ColorAddsNothingButColor) {
  const auto colored = render_terminal(example_record(), {100, true, true});
  const auto uncolored = render_terminal(example_record(), {100, false, true});
  EXPECT_THAT(colored, HasSubstr("\x1b["));
  EXPECT_THAT(uncolored, Not(HasSubstr("\x1b")));
  EXPECT_EQ(without_color(colored), uncolored);
  // Each line ends without colour, so that what others print after it has none.
  for (const auto& line : lines_of(colored)) {
    const auto last = line.rfind('\x1b');
    EXPECT_TRUE(last == line.npos || line.compare(last, 4, "\x1b[0m") == 0) << line;
  }
}

TEST(TerminalReport, FileNamesCannotSteerTheTerminal) {
  const auto text = render_terminal(hostile_record(), {100, false, true});
  EXPECT_TRUE(std::ranges::none_of(text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; }));
  EXPECT_THAT(text, Not(HasSubstr("\u202E")));
  EXPECT_THAT(text, HasSubstr("\uFFFD[31m<script>alert('1')</script>&\"\uFFFD\uFFFD\uFFFD\uFFFD\u9b0c"));
}

TEST(TerminalReport, WithoutUnicodeEverythingIsAscii) {
  for (const auto& record : {example_record(), hostile_record()}) {
    const auto text = render_terminal(record, plain);
    EXPECT_TRUE(std::ranges::all_of(text, [](unsigned char c) { return c < 0x7F; })) << text;
  }
}

TEST(TerminalReport, BarsFillTheLineAndAreTrueToAnEighthOfAColumn) {
  auto record = example_record();
  record.ways[0].fps.median = record.ways[2].fps.median / 2;
  const auto lines = lines_of(render_terminal(record, {80, false, true}));
  const auto eighths = [&](const std::string& name) {
    int count = 0;
    for (const auto& line : lines) {
      if (!line.starts_with(name + " ") || line.find("\u2588") == line.npos) continue;
      // U+2588 is eight eighths, U+258F one.
      for (auto at = line.find("\xE2\x96"); at != line.npos; at = line.find("\xE2\x96", at + 3)) {
        count += 0x90 - static_cast<unsigned char>(line[at + 2]);
      }
    }
    return count;
  };
  // The longest bar leaves room for the longest name and the numbers: 80 - "two-requests  " - " 733 (690-752)".
  EXPECT_EQ(eighths("queue"), 8 * (80 - 14 - 14));
  EXPECT_NEAR(eighths("sync"), eighths("queue") / 2.0, 1);
}

TEST(TerminalReport, SaysWhatFoundNoRoom) {
  const auto narrow = render_terminal(example_record(), {60, false, false});
  EXPECT_THAT(narrow, HasSubstr("(no room for: p90, peak, cores)"));
  EXPECT_THAT(narrow, HasSubstr("(no room for: precision, device)"));
  EXPECT_THAT(narrow, HasSubstr("8 -> 2"));
  EXPECT_EQ(narrow, render_terminal(example_record(), {10, false, false}));
}

TEST(TerminalReport, PrintsADashForWhatWasNotMeasured) {
  const auto text = render_terminal(unmeasured_record(), plain);
  EXPECT_THAT(text, HasSubstr("No way was measured"));
  EXPECT_THAT(text, testing::ContainsRegex("sync +- +- +- +- +- +- +-\n"));
  EXPECT_THAT(text, Not(testing::ContainsRegex("nan|inf[^l]")));
  EXPECT_THAT(text, HasSubstr("Outputs were not compared"));
}

TEST(TerminalReport, WithoutWaysThereAreNoTables) {
  const auto text = render_terminal(CompareRecord{}, plain);
  EXPECT_THAT(text, HasSubstr("No way was measured"));
  EXPECT_THAT(text, Not(HasSubstr("frames/s")));
}

TEST(TerminalReport, TellsTheCoverageThatFewRoundsHave) {
  auto record = example_record();
  for (auto& way : record.ways) {
    way.round_fps.resize(5);
    way.fps = median_interval(way.round_fps);
  }
  EXPECT_THAT(render_terminal(record, {120, false, false}),
              HasSubstr("93.75% probability, from 5 rounds (95% takes six)"));
  for (auto& way : record.ways) {
    way.round_fps.resize(1);
    way.fps = median_interval(way.round_fps);
  }
  const auto text = render_terminal(record, {120, false, false});
  EXPECT_THAT(text, HasSubstr("No ranges: they take two rounds, and six for 95%."));
  EXPECT_THAT(text, Not(HasSubstr("352 (")));
}

TEST(TerminalReport, HeadlineIsRoundedAsFarAsItsRangeAllows) {
  auto record = example_record();
  record.ways[2].ratio_to_sync = {2.1, 2.0, 2.2, 0.98};
  EXPECT_THAT(render_terminal(record, plain),
              testing::StartsWith("queue: 733 frames/s, 2.1 times sync (2.0 to 2.2)\n"));
  record.ways[2].ratio_to_sync = {2.08, 2.06, 2.11, 0.98};
  EXPECT_THAT(render_terminal(record, plain),
              testing::StartsWith("queue: 733 frames/s, 2.08 times sync (2.06 to 2.11)\n"));
  record.ways[2].ratio_to_sync = {};
  EXPECT_THAT(render_terminal(record, plain), testing::StartsWith("queue: 733 frames/s\n"));
}

TEST(TerminalReport, DoesNotBoastOfADifferenceWithinTheNoise) {
  auto record = example_record();
  record.ways[2].ratio_to_sync = {1.02, 0.97, 1.05, 0.98};
  EXPECT_THAT(render_terminal(record, {100, false, false}),
              HasSubstr("(0.97 to 1.05): no difference that stands out from the noise"));
  record.ways[0].fps.median = 900;
  EXPECT_THAT(render_terminal(record, plain), testing::StartsWith("sync: 900 frames/s, and no other way is faster\n"));
}

TEST(TerminalReport, ShowsDifferingOutputsAndFailuresInPlainSight) {
  auto record = example_record();
  record.outputs_equal = false;
  record.outputs_text = "detections differ on 3 of 250 frames";
  record.ways[2].failed = 3;
  const auto text = render_terminal(record, {100, true, true});
  EXPECT_THAT(text, HasSubstr("\x1b[1;31mOutputs: detections differ on 3 of 250 frames.\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("queue: 3 of 1750 frames failed."));
}

TEST(TerminalReport, SaysPlainlyWhetherItIsValid) {
  auto record = example_record();
  EXPECT_THAT(render_terminal(record, plain), HasSubstr("\nVALID\n"));
  record.valid = false;
  record.reasons = {"too few rounds: 3 of at least 7", "outputs differ"};
  EXPECT_THAT(render_terminal(record, plain),
              HasSubstr("\nINVALID: too few rounds: 3 of at least 7; outputs differ\n"));
}

TEST(TerminalReport, TellsWhatAnInterruptedComparisonStandsOn) {
  auto record = example_record();
  record.rounds.done = 4;
  record.rounds.interrupted = true;
  record.rounds.unique_frames = 100;
  EXPECT_THAT(render_terminal(record, {120, false, false}),
              HasSubstr("4 of 7 rounds of every way, 250 frames each, 100 of them different, interrupted"));
}

}  // namespace
}  // namespace inflight
