#include "inflight/measure/timeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "hand_made_stamps.hpp"

namespace inflight {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string text_of(const TimelineBox& box) {
  const auto after = [](TimePoint time) { return std::to_string(milliseconds_between(at(0), time)).substr(0, 4); };
  return std::to_string(box.frame) + " " + name_of(box.activity) + " " + after(box.begin) + " " + after(box.end);
}

std::vector<std::string> texts(const std::vector<TimelineLane>& lanes, LaneId id) {
  std::vector<std::string> result;
  for (const TimelineLane& lane : lanes) {
    if (lane.id != id) continue;
    for (const TimelineBox& box : lane.boxes) result.push_back(text_of(box));
    return result;
  }
  return {"no such lane"};
}

constexpr LaneId reader{LaneKind::reader, 0}, callback{LaneKind::callback, 0};
constexpr LaneId request(int number) { return {LaneKind::request, number}; }
constexpr LaneId stream(int number) { return {LaneKind::stream, number}; }

std::vector<TimelineLane> all_of(const std::vector<FrameStamps>& frames, const WayShape& shape) {
  return make_timeline(frames, shape, at(0), at(1000));
}

TEST(Timeline, OneThreadDoesAllAndWaits) {
  std::vector<FrameStamps> frames{frame_in_device(0, 10, 14)};
  frames[0].demuxing = std::chrono::milliseconds(1);
  frames[0].acquired = at(9.5);
  frames[0].taken += std::chrono::nanoseconds(300);
  frames[0].drawing = std::chrono::microseconds(100);
  frames[0].encoding = std::chrono::microseconds(200);
  const auto lanes = all_of(frames, {});
  EXPECT_THAT(texts(lanes, reader),
              ElementsAre("0 reads 7.00 8.00", "0 decodes 8.00 9.00", "0 waits for a request 9.00 9.50",
                          "0 preprocesses 9.50 10.0", "0 waits for the result 10.0 14.0", "0 postprocesses 14.0 14.5",
                          "0 draws 14.5 14.6", "0 encodes 14.6 14.8", "0 sink 14.8 15.0"));
  EXPECT_THAT(texts(lanes, request(0)), ElementsAre("0 executes 10.0 14.0"));
  EXPECT_THAT(texts(lanes, stream(0)), ElementsAre("0 executes 10.0 14.0"));
  EXPECT_THAT(texts(lanes, callback), ElementsAre("no such lane"));
}

TEST(Timeline, ACallbackThreadTakesWhatFollowsTheDevice) {
  const int requests[2] = {};
  const std::vector<FrameStamps> frames{frame_in_device(0, 4, 14, &requests[0]),
                                        frame_in_device(1, 8, 20, &requests[1]),
                                        frame_in_device(2, 18, 30, &requests[0])};
  const auto lanes = all_of(frames, {.callback_thread = true, .streams = 1});
  EXPECT_THAT(texts(lanes, reader),
              ElementsAre("0 decodes 1.00 3.00", "0 preprocesses 3.00 4.00", "1 decodes 5.00 7.00",
                          "1 preprocesses 7.00 8.00", "2 decodes 15.0 17.0", "2 preprocesses 17.0 18.0"));
  EXPECT_THAT(texts(lanes, callback),
              ElementsAre("0 postprocesses 14.0 14.5", "0 sink 14.5 15.0", "1 postprocesses 20.0 20.5",
                          "1 sink 20.5 21.0", "2 postprocesses 30.0 30.5", "2 sink 30.5 31.0"));
  EXPECT_THAT(texts(lanes, request(0)),
              ElementsAre("0 executes 4.00 14.0", "2 waits for a stream 18.0 20.0", "2 executes 20.0 30.0"));
  EXPECT_THAT(texts(lanes, request(1)), ElementsAre("1 waits for a stream 8.00 14.0", "1 executes 14.0 20.0"));
  EXPECT_THAT(texts(lanes, stream(0)),
              ElementsAre("0 executes 4.00 14.0", "1 executes 14.0 20.0", "2 executes 20.0 30.0"));
}

TEST(Timeline, EachThreadThatDeliversHasALaneOfItsOwn) {
  std::vector<FrameStamps> frames{frame_in_device(0, 4, 14), frame_in_device(1, 8, 14), frame_in_device(2, 18, 30)};
  std::thread other([&] { frames[1].deliverer = std::this_thread::get_id(); });
  other.join();
  frames[0].deliverer = frames[2].deliverer = std::this_thread::get_id();
  const auto lanes = all_of(frames, {.callback_thread = true});
  EXPECT_THAT(texts(lanes, callback), SizeIs(4)) << "two frames, postprocessed and given to the sink";
  EXPECT_THAT(texts(lanes, {LaneKind::callback, 1}), SizeIs(2));
}

TEST(Timeline, TheThreadOfTwoRequestsWaitsOnlyWhenItHasNothingElseToDo) {
  const int requests[2] = {};
  // The second is read and filled while the first is executed; after that the thread waits for 3 ms.
  const std::vector<FrameStamps> frames{frame_in_device(0, 4, 10, &requests[0]),
                                        frame_in_device(1, 7, 16, &requests[1])};
  const auto lanes = all_of(frames, {});
  EXPECT_THAT(
      texts(lanes, reader),
      ElementsAre("0 decodes 1.00 3.00", "0 preprocesses 3.00 4.00", "1 decodes 4.00 6.00", "1 preprocesses 6.00 7.00",
                  "0 waits for the result 7.00 10.0", "0 postprocesses 10.0 10.5", "0 sink 10.5 11.0",
                  "1 waits for the result 11.0 16.0", "1 postprocesses 16.0 16.5", "1 sink 16.5 17.0"));
}

TEST(Timeline, AFrameThatFailedBeforeTheDeviceIsDeliveredByTheThreadThatReadIt) {
  std::vector<FrameStamps> frames{frame_in_device(0, 10, 20)};
  frames[0].failed = true;
  frames[0].submitted = frames[0].completed = frames[0].taken = {};
  frames[0].delivered = at(9.5);
  frames[0].finished = at(10);
  const auto lanes = all_of(frames, {.callback_thread = true});
  EXPECT_THAT(texts(lanes, reader), ElementsAre("0 decodes 7.00 9.00", "0 preprocesses 9.00 9.50", "0 sink 9.50 10.0"));
  EXPECT_TRUE(lanes[0].boxes[0].failed);
  EXPECT_THAT(texts(lanes, callback), IsEmpty());
  EXPECT_THAT(texts(lanes, stream(0)), IsEmpty());
  EXPECT_EQ(lanes.size(), 3U) << "no request was in use";
}

TEST(Timeline, AFrameThatFailedInTheDeviceWasThere) {
  std::vector<FrameStamps> frames{frame_in_device(0, 10, 20)};
  frames[0].failed = true;
  frames[0].taken = {};
  frames[0].delivered = at(21);
  frames[0].finished = at(22);
  const auto lanes = all_of(frames, {.callback_thread = true});
  EXPECT_THAT(texts(lanes, request(0)), ElementsAre("0 executes 10.0 20.0"));
  EXPECT_THAT(texts(lanes, callback), ElementsAre("0 sink 21.0 22.0"));
}

TEST(Timeline, HasTheLanesOfTheWholeRunAndTheBoxesOfTheTimeAskedFor) {
  const int requests[2] = {};
  const std::vector<FrameStamps> frames{frame_in_device(0, 10, 14, &requests[0]),
                                        frame_in_device(1, 20, 24, &requests[1])};
  const auto lanes = make_timeline(frames, {}, at(12), at(18));
  EXPECT_THAT(texts(lanes, reader), ElementsAre("0 waits for the result 10.0 14.0", "0 postprocesses 14.0 14.5",
                                                "0 sink 14.5 15.0", "1 decodes 17.0 19.0"));
  EXPECT_THAT(texts(lanes, request(1)), IsEmpty());
}

TEST(Timeline, BoxesOfALaneNeverOverlapWhenExecutionsTakeTheirTimeInTurn) {
  const int requests[4] = {};
  std::vector<FrameStamps> frames;
  for (int i = 0; i < 40; ++i) frames.push_back(frame_in_device(i, 4.0 * i, 4.0 * i + 11 + i % 3, &requests[i % 4]));
  for (const TimelineLane& lane : all_of(frames, {.callback_thread = true, .streams = 2})) {
    for (std::size_t i = 1; i < lane.boxes.size(); ++i) {
      EXPECT_LE(lane.boxes[i - 1].end, lane.boxes[i].begin) << text_of(lane.boxes[i]);
    }
  }
}

std::vector<FrameStamps> steady(int count, double milliseconds) {
  std::vector<FrameStamps> frames;
  for (int i = 0; i < count; ++i) frames.push_back(frame_in_device(i, i * milliseconds, i * milliseconds + 3));
  return frames;
}

TEST(TypicalSpan, IsFromTheMiddleAndBeginsWithAFrame) {
  const auto frames = steady(101, 10);
  const TimeSpan span = typical_span(frames, Milliseconds(60));
  EXPECT_EQ(milliseconds_between(span.from, span.to), 60);
  EXPECT_NEAR(milliseconds_between(at(0), span.from), 470, 11);
  EXPECT_EQ(span.delivered, 6);
}

TEST(TypicalSpan, AvoidsAPauseInTheMiddle) {
  auto frames = steady(101, 10);
  for (std::size_t i = 53; i < frames.size(); ++i) {
    for (auto* stamp : {&frames[i].asked, &frames[i].decoded, &frames[i].acquired, &frames[i].submitted,
                        &frames[i].completed, &frames[i].taken, &frames[i].delivered, &frames[i].finished}) {
      *stamp += std::chrono::milliseconds(80);
    }
  }
  const TimeSpan span = typical_span(frames, Milliseconds(60));
  EXPECT_EQ(span.delivered, 6);
  EXPECT_TRUE(span.to <= frames[52].delivered + std::chrono::milliseconds(12) || span.from >= frames[53].asked);
}

TEST(TypicalSpan, OfAShortRunIsAllOfIt) {
  const auto frames = steady(3, 10);
  const TimeSpan span = typical_span(frames, Milliseconds(60));
  EXPECT_EQ(span.from, frames.front().asked);
  EXPECT_EQ(span.to, frames.back().finished);
  EXPECT_EQ(span.delivered, 3);
  EXPECT_EQ(typical_span({}, Milliseconds(60)).delivered, 0);
}

}  // namespace
}  // namespace inflight
